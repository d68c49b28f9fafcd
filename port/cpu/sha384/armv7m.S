/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The block function of SHA-512 for ARMv7-M and ARMv8-M: a round in a loop, and a word of the
 * message schedule in another. A word is a pair of registers, its lower half first.
 *
 * On the stack are e to h, a to d, and 24 words of the schedule: the last 16, then the 8 that
 * are made of them for the next 8 rounds.
 */
#if __ARM_ARCH_ISA_THUMB == 2
    .syntax unified
    .thumb

/* to ^= a half of a word >>> n: of the half x, where y is the other one. */
    .macro rotate to, x, y, n
    .if \n < 32
    eor \to, \to, \x, lsr #\n
    eor \to, \to, \y, lsl #32 - \n
    .else
    eor \to, \to, \y, lsr #\n - 32
    eor \to, \to, \x, lsl #64 - \n
    .endif
    .endm

    .macro rotate_two to, x, y, i, j
    lsr \to, \x, #\i
    eor \to, \to, \y, lsl #32 - \i
    rotate \to, \x, \y, \j
    .endm

/* low:high += x:y >>> i ^ x:y >>> j ^ x:y >>> k. */
    .macro add_rotations low, high, x, y, i, j, k, to
    rotate_two \to, \x, \y, \i, \j
    rotate \to, \x, \y, \k
    adds \low, \to
    rotate_two \to, \y, \x, \i, \j
    rotate \to, \y, \x, \k
    adc \high, \to
    .endm

/* low:high += x:y >>> i ^ x:y >>> j ^ x:y >> k. */
    .macro add_shifts low, high, x, y, i, j, k, to
    rotate_two \to, \x, \y, \i, \j
    rotate \to, \x, \y, \k
    adds \low, \to
    rotate_two \to, \y, \x, \i, \j
    eor \to, \to, \y, lsr #\k
    adc \high, \to
    .endm

    .section .text.sevl_sha512_process_words, "ax"
    .global sevl_sha512_process_words
    .type sevl_sha512_process_words, %function
    .thumb_func
sevl_sha512_process_words:
    push {r0, r4-r11, lr}
    sub sp, #256
    ldm r0!, {r4-r11}
    add r12, sp, #32
    stm r12, {r4-r11}
    ldm r0, {r4-r11}
    stm sp, {r4-r11}
    add r0, sp, #64
    add lr, sp, #192
1:
    ldr r3, [r1], #4
    ldr r2, [r1], #4
    rev r3, r3
    rev r2, r2
    strd r2, r3, [r0], #8
    cmp r0, lr
    bne 1b
    sub r0, #128
    ldr r1, =sevl_sha512_k

rounds:
    /* t1 = h + w + k + S1(e) + Ch(e, f, g) */
    ldm sp, {r4-r11}
    ldrd r2, r3, [r0], #8
    adds r10, r2
    adc r11, r3
    ldrd r2, r3, [r1], #8
    adds r10, r2
    adc r11, r3
    add_rotations r10, r11, r4, r5, 14, 18, 41, r2
    eor r2, r6, r8
    ands r2, r4
    eor r2, r8
    adds r10, r2
    eor r2, r7, r9
    ands r2, r5
    eor r2, r9
    adc r11, r2
    add r12, sp, #8
    stm r12!, {r4-r9}

    /* e = d + t1; a = t1 + S0(a) + Maj(a, b, c) */
    ldm r12, {r2-r9}
    adds r8, r10
    adc r9, r11
    strd r8, r9, [sp]
    add_rotations r10, r11, r2, r3, 28, 34, 39, r8
    eor r8, r2, r4
    and r8, r6
    and r9, r2, r4
    eor r8, r9
    adds r10, r8
    eor r8, r3, r5
    and r8, r7
    and r9, r3, r5
    eor r8, r9
    adc r11, r8
    strd r10, r11, [r12], #8
    stm r12, {r2-r7}
    cmp r0, lr
    bne rounds

    ldr r2, =sevl_sha512_k + 640
    cmp r1, r2
    beq finish

    /* w[i + 16] = w[i] + w[i + 9] + s0(w[i + 1]) + s1(w[i + 14]) */
    add r0, sp, #64
    add lr, r0, #64
    ldrd r2, r3, [r0]
2:
    ldrd r6, r7, [r0, #72]
    adds r2, r6
    adc r3, r7
    ldrd r4, r5, [r0, #8]
    add_shifts r2, r3, r4, r5, 1, 8, 7, r8
    ldrd r6, r7, [r0, #112]
    add_shifts r2, r3, r6, r7, 19, 61, 6, r8
    strd r2, r3, [r0, #128]
    mov r2, r4
    mov r3, r5
    adds r0, #8
    cmp r0, lr
    bne 2b
    sub r12, r0, #64
    add lr, r0, #64
3:
    ldm r0!, {r2-r9}
    stm r12!, {r2-r9}
    cmp r12, lr
    bne 3b
    sub r0, #128
    b rounds

finish:
    ldr r12, [sp, #256]
    add r1, r12, #32
    mov r0, sp
4:
    ldrd r4, r5, [r0], #8
    ldrd r2, r3, [r1]
    adds r2, r4
    adc r3, r5
    strd r2, r3, [r1], #8
    add r4, r12, #64
    cmp r1, r4
    it eq
    moveq r1, r12
    add r4, sp, #64
    cmp r0, r4
    bne 4b
    add sp, #256
    pop {r0, r4-r11, pc}
    .ltorg
    .size sevl_sha512_process_words, . - sevl_sha512_process_words
#endif
