/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Rows of large numbers for ARMv6-M, whose only product is that of 32 bits by 32 to the lower
 * 32: that of two limbs is made of four of their halves. See core/crypto/limbs.h; four limbs in
 * a loop.
 */
#if __ARM_ARCH_ISA_THUMB == 1
    .syntax unified
    .thumb

/* x = a + b or a - b. The flag is in r4 between two turns: `flag` is the first. */
    .macro row name, operation, flag
    .section .text.\name, "ax"
    .global \name
    .type \name, %function
    .thumb_func
\name:
    push {r4-r7, lr}
    lsls r3, #2
    adds r3, r1
    mov r12, r3
    movs r4, #\flag
1:
    lsrs r4, #1
    .rept 2
    ldm r1!, {r5, r6}
    ldm r2!, {r3, r7}
    \operation r5, r3
    \operation r6, r7
    stm r0!, {r5, r6}
    .endr
    adcs r4, r4
    cmp r1, r12
    bne 1b
    movs r0, #\flag
    eors r0, r4
    pop {r4-r7, pc}
    .size \name, . - \name
    .endm

    row sevl_limbs_add, adcs, 0
    row sevl_limbs_subtract, sbcs, 1

/* x += a & mask. The carry is in r4 between two turns. */
    .section .text.sevl_limbs_add_masked, "ax"
    .global sevl_limbs_add_masked
    .type sevl_limbs_add_masked, %function
    .thumb_func
sevl_limbs_add_masked:
    push {r4-r7, lr}
    lsls r3, #2
    adds r3, r1
    mov r12, r3
    movs r4, #0
1:
    lsrs r4, #1
    .rept 2
    ldm r1!, {r5, r6}
    ldr r3, [r0]
    ldr r7, [r0, #4]
    ands r5, r2
    ands r6, r2
    adcs r5, r3
    adcs r6, r7
    stm r0!, {r5, r6}
    .endr
    adcs r4, r4
    cmp r1, r12
    bne 1b
    pop {r4-r7, pc}
    .size sevl_limbs_add_masked, . - sevl_limbs_add_masked

/*
 * The product of r12 + 2^16 r3 and a limb of r1, with the carry in r2, added to a limb of r0.
 * The carry of the first middle product lives through two multiplications. No branch depends on
 * a number: it may be a secret.
 */
    .macro limb at
    ldrh r5, [r1, #\at]
    ldrh r4, [r1, #\at + 2]
    mov r6, r12
    muls r6, r5
    muls r5, r3
    lsrs r7, r5, #16
    lsls r5, #16
    adds r6, r5
    mov r5, r12
    muls r5, r4
    muls r4, r3
    adcs r4, r7
    lsrs r7, r5, #16
    adds r6, r2
    adcs r4, r7
    movs r2, #0
    lsls r5, #16
    adds r6, r5
    adcs r4, r2
    ldr r5, [r0]
    adds r6, r5
    adcs r2, r4
    stm r0!, {r6}
    .endm

    .section .text.sevl_limbs_add_product, "ax"
    .global sevl_limbs_add_product
    .type sevl_limbs_add_product, %function
    .thumb_func
sevl_limbs_add_product:
    push {r4-r7, lr}
    lsls r3, #2
    adds r3, r1
    mov lr, r3
    uxth r4, r2
    mov r12, r4
    lsrs r3, r2, #16
    movs r2, #0
1:
    limb 0
    limb 4
    limb 8
    limb 12
    adds r1, #16
    cmp r1, lr
    bne 1b
    movs r0, r2
    pop {r4-r7, pc}
    .size sevl_limbs_add_product, . - sevl_limbs_add_product
#endif
