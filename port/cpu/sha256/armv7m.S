/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The block function for ARMv7-M and ARMv8-M: r4 to r11 are a to h, r0 goes through
 * the message schedule and r1 through the constants.
 *
 * The last sixteen words of the schedule are on the stack twice, 64 bytes apart, so
 * that the words after any one follow it in memory without wrapping round.
 */
#if __ARM_ARCH_ISA_THUMB == 2
    .syntax unified
    .thumb

/* In: b ^ c in `x`. Out: a ^ b, the next round's b ^ c, in `y`. */
    .macro round a, b, c, d, e, f, g, h, x, y
    ldr r2, [r0], #4
    ldr r3, [r1], #4
    add \h, r2
    add \h, r3
    eor r2, \e, \e, ror #5
    eor r2, r2, \e, ror #19
    add \h, \h, r2, ror #6
    eor r2, \f, \g
    and r2, \e
    eor r2, \g
    add \h, r2
    add \d, \h
    eor r2, \a, \a, ror #11
    eor r2, r2, \a, ror #20
    add \h, \h, r2, ror #2
    eor \y, \a, \b
    and \x, \y
    eor \x, \b
    add \h, \x
    .endm

/* w[i + 16] from w[i] in `w`; leaves w[i + 1] in `next`. */
    .macro expand w, next
    ldr r2, [r0, #36]
    ldr r3, [r0, #56]
    ldr \next, [r0, #4]
    add r2, \w
    ror \w, r3, #17
    eor \w, \w, r3, ror #19
    eor \w, \w, r3, lsr #10
    add r2, \w
    ror \w, \next, #7
    eor \w, \w, \next, ror #18
    eor \w, \w, \next, lsr #3
    add r2, \w
    str r2, [r0, #64]
    str r2, [r0], #4
    .endm

    .section .text.sevl_sha256_process_words, "ax"
    .global sevl_sha256_process_words
    .type sevl_sha256_process_words, %function
    .thumb_func
sevl_sha256_process_words:
    push {r0, r4-r11, lr}
    sub sp, #128
    mov r3, sp
    ldm r0, {r4-r11}
    add r0, sp, #64
1:
    ldr r2, [r1], #4
    rev r2, r2
    str r2, [r3], #4
    cmp r3, r0
    bne 1b
    ldr r1, =sevl_sha256_k

sixteen_rounds:
    mov r0, sp
    eor r12, r5, r6
2:
#ifdef SEVLAUNCH_SHA256_SMALL
    round r4, r5, r6, r7, r8, r9, r10, r11, r12, lr
    mov r12, lr
    mov r2, r11
    mov r11, r10
    mov r10, r9
    mov r9, r8
    mov r8, r7
    mov r7, r6
    mov r6, r5
    mov r5, r4
    mov r4, r2
#else
    round r4, r5, r6, r7, r8, r9, r10, r11, r12, lr
    round r11, r4, r5, r6, r7, r8, r9, r10, lr, r12
    round r10, r11, r4, r5, r6, r7, r8, r9, r12, lr
    round r9, r10, r11, r4, r5, r6, r7, r8, lr, r12
    round r8, r9, r10, r11, r4, r5, r6, r7, r12, lr
    round r7, r8, r9, r10, r11, r4, r5, r6, lr, r12
    round r6, r7, r8, r9, r10, r11, r4, r5, r12, lr
    round r5, r6, r7, r8, r9, r10, r11, r4, lr, r12
#endif
    add r2, sp, #64
    cmp r0, r2
    bne 2b

    ldr r2, =sevl_sha256_k + 256
    cmp r1, r2
    beq finish

    mov r0, sp
    ldr r12, [r0]
3:
    expand r12, lr
    expand lr, r12
    add r2, sp, #64
    cmp r0, r2
    bne 3b
    b sixteen_rounds

finish:
    ldr r12, [sp, #128]
    ldm r12, {r0-r3}
    add r4, r0
    add r5, r1
    add r6, r2
    add r7, r3
    stm r12!, {r4-r7}
    ldm r12, {r0-r3}
    add r8, r0
    add r9, r1
    add r10, r2
    add r11, r3
    stm r12, {r8-r11}

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
    pop {r0, r4-r11, pc}
    .ltorg
    .size sevl_sha256_process_words, . - sevl_sha256_process_words
#endif
