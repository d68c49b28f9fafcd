/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The block function for ARMv6-M: one round that runs 64 times. a is in r0, e in r1;
 * b, c, d, f, g and h are in registers that only mov, add and cmp reach.
 *
 * The last sixteen words of the message schedule are on the stack twice, from higher
 * to lower addresses, so that offsets from r5 reach the words that follow without
 * wrapping round: w[i] is at 64, w[i + 1] at 60, the new word w[i + 16] goes to 0.
 */
#if __ARM_ARCH_ISA_THUMB == 1
    .syntax unified
    .thumb

#define B r8
#define C r9
#define D r10
#define F r11
#define G r12
#define H lr

/* to = (((to >>> x) ^ from) >>> y ^ from) >>> z, where to is from before: r4 is left as z. */
    .macro rotations to, from, x, y, z
    .ifnb \x
    movs r4, #\x
    .endif
    rors \to, r4
    eors \to, \from
    movs r4, #\y
    rors \to, r4
    .ifnb \z
    eors \to, \from
    movs r4, #\z
    rors \to, r4
    .endif
    .endm

    .section .text.sevl_sha256_process_words, "ax"
    .global sevl_sha256_process_words
    .type sevl_sha256_process_words, %function
    .thumb_func
sevl_sha256_process_words:
    push {r0, r4-r7, lr}
    mov r4, r8
    mov r5, r9
    mov r6, r10
    mov r7, r11
    push {r4-r7}
    sub sp, #128

    add r5, sp, #60
1:
    ldrb r2, [r1]
    ldrb r3, [r1, #1]
    lsls r2, #8
    orrs r2, r3
    ldrb r3, [r1, #2]
    lsls r2, #8
    orrs r2, r3
    ldrb r3, [r1, #3]
    lsls r2, #8
    orrs r2, r3
    adds r1, #4
    str r2, [r5, #64]
    subs r5, #4
    cmp sp, r5
    bls 1b

    ldm r0!, {r1-r4}
    mov B, r2
    mov C, r3
    mov D, r4
    ldm r0!, {r4-r7}
    mov F, r5
    mov G, r6
    mov H, r7
    mov r0, r1
    mov r1, r4
    ldr r6, =sevl_sha256_k

sixteen_rounds:
    add r5, sp, #60
2:
    /* h + k + w + Ch(e, f, g) */
    ldr r2, [r5, #64]
    ldm r6!, {r3}
    adds r2, r3
    add r2, H
    mov r3, F
    mov r4, G
    mov H, r4
    mov G, r3
    mov F, r1
    eors r3, r4
    ands r3, r1
    eors r3, r4
    adds r2, r3

    /* + S1(e), and S0(a) */
    mov r3, r1
    rotations r3, r1, 13, 14, 11
    adds r2, r3
    mov r7, r0
    rotations r7, r0, , 12, 22

    /* e = d + T1; a = T1 + S0(a) + Maj(a, b, c) */
    mov r1, D
    adds r1, r2
    adds r2, r7
    mov r3, B
    mov r4, C
    mov D, r4
    mov C, r3
    mov B, r0
    eors r0, r3
    eors r4, r3
    ands r0, r4
    eors r0, r3
    adds r0, r2
    subs r5, #4
    cmp sp, r5
    bls 2b

    ldr r2, =sevl_sha256_k + 256
    cmp r6, r2
    beq finish

    /* w[i + 16] = w[i] + w[i + 9] + s0(w[i + 1]) + s1(w[i + 14]) */
    add r5, sp, #60
3:
    ldr r2, [r5, #64]
    ldr r3, [r5, #28]
    adds r2, r3
    ldr r3, [r5, #60]
    mov r7, r3
    rotations r7, r3, 11, 7
    lsrs r3, #3
    eors r3, r7
    adds r2, r3
    ldr r3, [r5, #8]
    mov r7, r3
    rotations r7, r3, 2, 17
    lsrs r3, #10
    eors r3, r7
    adds r2, r3
    str r2, [r5]
    str r2, [r5, #64]
    subs r5, #4
    cmp sp, r5
    bls 3b
    b sixteen_rounds

finish:
    ldr r2, [sp, #128 + 16]
    ldm r2!, {r3-r6}
    adds r3, r0
    add r4, B
    add r5, C
    add r6, D
    subs r2, #16
    stm r2!, {r3-r6}
    ldm r2!, {r3-r6}
    adds r3, r1
    add r4, F
    add r5, G
    add r6, H
    subs r2, #16
    stm r2!, {r3-r6}

    /* The message may be a key. */
    movs r0, #0
    movs r1, #0
    movs r2, #0
    movs r3, #0
    mov r4, sp
    add r5, sp, #128
4:
    stm r4!, {r0-r3}
    cmp r4, r5
    bne 4b
    add sp, #128
    pop {r4-r7}
    mov r8, r4
    mov r9, r5
    mov r10, r6
    mov r11, r7
    pop {r0, r4-r7, pc}
    .ltorg
    .size sevl_sha256_process_words, . - sevl_sha256_process_words
#endif
