/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Rows of large numbers for ARMv7-M and ARMv8-M: see core/crypto/limbs.h. The carry flag lives
 * through the loops: what counts them does not change it.
 */
#if __ARM_ARCH_ISA_THUMB == 2
    .syntax unified
    .thumb

    .macro begin name
    .section .text.\name, "ax"
    .global \name
    .type \name, %function
    .thumb_func
\name:
    .endm

    begin sevl_limbs_add
    push {r4-r11, lr}
    adds r3, r1, r3, lsl #2
1:
    ldm r1!, {r4-r7}
    ldm r2!, {r8-r11}
    adcs r4, r8
    adcs r5, r9
    adcs r6, r10
    adcs r7, r11
    stm r0!, {r4-r7}
    teq r1, r3
    bne 1b
    movs r0, #0
    adcs r0, r0
    pop {r4-r11, pc}
    .size sevl_limbs_add, . - sevl_limbs_add

    begin sevl_limbs_subtract
    push {r4-r11, lr}
    add r3, r1, r3, lsl #2
    cmp r0, r0
1:
    ldm r1!, {r4-r7}
    ldm r2!, {r8-r11}
    sbcs r4, r8
    sbcs r5, r9
    sbcs r6, r10
    sbcs r7, r11
    stm r0!, {r4-r7}
    teq r1, r3
    bne 1b
    sbc r0, r0, r0
    rsbs r0, #0
    pop {r4-r11, pc}
    .size sevl_limbs_subtract, . - sevl_limbs_subtract

    begin sevl_limbs_add_masked
    push {r4-r11, lr}
    adds r3, r1, r3, lsl #2
1:
    ldm r1!, {r4-r7}
    ldm r0, {r8-r11}
    and r4, r2
    and r5, r2
    and r6, r2
    and r7, r2
    adcs r4, r8
    adcs r5, r9
    adcs r6, r10
    adcs r7, r11
    stm r0!, {r4-r7}
    teq r1, r3
    bne 1b
    pop {r4-r11, pc}
    .size sevl_limbs_add_masked, . - sevl_limbs_add_masked

    begin sevl_limbs_add_product
#ifdef __ARM_FEATURE_DSP
    push {r4-r11, lr}
    add lr, r1, r3, lsl #2
    movs r3, #0
1:
    ldm r1!, {r4-r7}
    ldm r0, {r8-r11}
    umaal r8, r3, r4, r2
    umaal r9, r3, r5, r2
    umaal r10, r3, r6, r2
    umaal r11, r3, r7, r2
    stm r0!, {r8-r11}
    cmp r1, lr
    bne 1b
    mov r0, r3
    pop {r4-r11, pc}
#else
    push {r4-r11, lr}
    adds r3, r1, r3, lsl #2
    mov r12, #0
1:
    ldm r1!, {r4-r7}
    ldm r0, {r8-r11}
    mov lr, #0
    umlal r8, lr, r4, r2
    adcs r8, r12
    movs r4, #0
    umlal r9, r4, r5, r2
    adcs r9, lr
    movs r5, #0
    umlal r10, r5, r6, r2
    adcs r10, r4
    mov r12, #0
    umlal r11, r12, r7, r2
    adcs r11, r5
    stm r0!, {r8-r11}
    teq r1, r3
    bne 1b
    adc r0, r12, #0
    pop {r4-r11, pc}
#endif
    .size sevl_limbs_add_product, . - sevl_limbs_add_product
#endif
