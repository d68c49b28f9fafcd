/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The block function for RV32I and RV64I: a6, a7 and t0 to t5 are a to h, a0 goes
 * through the message schedule and a1 through the constants.
 *
 * The last sixteen words of the schedule are on the stack twice, 64 bytes apart, so
 * that the words after any one follow it in memory without wrapping round.
 */
#if __riscv_xlen == 64
#define SRLI srliw
#define SLLI slliw
#define ADD addw
#define SAVE sd
#define RESTORE ld
#else
#define SRLI srli
#define SLLI slli
#define ADD add
#define SAVE sw
#define RESTORE lw
#endif

/* to += from >>> x ^ from >>> y ^ from >>> z, where x < y < z. */
    .macro add_rotations to, from, x, y, z
    SRLI a2, \from, \z - \y
    SLLI a3, \from, \y - \x
    xor a2, a2, \from
    xor a3, a3, \from
    SRLI a2, a2, \y - \x
    SLLI a3, a3, \z - \y
    xor a2, a2, \from
    xor a3, a3, \from
    SRLI a2, a2, \x
    SLLI a3, a3, 32 - \z
    xor a2, a2, a3
    ADD \to, \to, a2
    .endm

/* In: b ^ c in `x`. Out: a ^ b, the next round's b ^ c, in `y`. */
    .macro round at, a, b, c, d, e, f, g, h, x, y
    lw a2, \at(a0)
    lw a3, \at(a1)
    ADD \h, \h, a2
    ADD \h, \h, a3
    xor a2, \f, \g
    and a2, a2, \e
    xor a2, a2, \g
    ADD \h, \h, a2
    add_rotations \h, \e, 6, 11, 25
    ADD \d, \d, \h
    xor \y, \a, \b
    and \x, \x, \y
    xor \x, \x, \b
    ADD \h, \h, \x
    add_rotations \h, \a, 2, 13, 22
    .endm

/* to += from >>> x ^ from >>> y ^ from >> z, where z < x < y. */
    .macro add_sigma to, from, x, y, z
    SRLI a3, \from, \y - \x
    SLLI t6, \from, \y - \x
    xor a3, a3, \from
    xor t6, t6, \from
    SRLI a3, a3, \x - \z
    SLLI t6, t6, 32 - \y
    xor a3, a3, \from
    SRLI a3, a3, \z
    xor a3, a3, t6
    ADD \to, \to, a3
    .endm

/* w[i + 16] from w[i] in `w`; leaves w[i + 1] in `next`. */
    .macro expand w, next
    lw a2, 36(a0)
    lw \next, 56(a0)
    ADD a2, a2, \w
    add_sigma a2, \next, 17, 19, 10
    lw \next, 4(a0)
    add_sigma a2, \next, 7, 18, 3
    sw a2, 64(a0)
    sw a2, 0(a0)
    addi a0, a0, 4
    .endm

    .section .text.sevl_sha256_process_words, "ax"
    .global sevl_sha256_process_words
    .type sevl_sha256_process_words, @function
sevl_sha256_process_words:
    addi sp, sp, -144
    SAVE a0, 128(sp)
    lw a6, 0(a0)
    lw a7, 4(a0)
    lw t0, 8(a0)
    lw t1, 12(a0)
    lw t2, 16(a0)
    lw t3, 20(a0)
    lw t4, 24(a0)
    lw t5, 28(a0)

    mv a0, sp
    addi t6, sp, 64
1:
    lbu a2, 0(a1)
    lbu a3, 1(a1)
    lbu a4, 2(a1)
    lbu a5, 3(a1)
    slli a2, a2, 24
    slli a3, a3, 16
    slli a4, a4, 8
    or a2, a2, a3
    or a4, a4, a5
    or a2, a2, a4
    sw a2, 0(a0)
    addi a1, a1, 4
    addi a0, a0, 4
    bne a0, t6, 1b
    la a1, sevl_sha256_k

sixteen_rounds:
    mv a0, sp
    addi t6, sp, 64
    xor a4, a7, t0
2:
#ifdef SEVLAUNCH_SHA256_SMALL
    round 0, a6, a7, t0, t1, t2, t3, t4, t5, a4, a5
    addi a0, a0, 4
    addi a1, a1, 4
    mv a4, a5
    mv a2, t5
    mv t5, t4
    mv t4, t3
    mv t3, t2
    mv t2, t1
    mv t1, t0
    mv t0, a7
    mv a7, a6
    mv a6, a2
#else
    round 0, a6, a7, t0, t1, t2, t3, t4, t5, a4, a5
    round 4, t5, a6, a7, t0, t1, t2, t3, t4, a5, a4
    round 8, t4, t5, a6, a7, t0, t1, t2, t3, a4, a5
    round 12, t3, t4, t5, a6, a7, t0, t1, t2, a5, a4
    round 16, t2, t3, t4, t5, a6, a7, t0, t1, a4, a5
    round 20, t1, t2, t3, t4, t5, a6, a7, t0, a5, a4
    round 24, t0, t1, t2, t3, t4, t5, a6, a7, a4, a5
    round 28, a7, t0, t1, t2, t3, t4, t5, a6, a5, a4
    addi a0, a0, 32
    addi a1, a1, 32
#endif
    bne a0, t6, 2b

    la a2, sevl_sha256_k + 256
    beq a1, a2, finish

    mv a0, sp
    lw a4, 0(a0)
3:
    expand a4, a5
    expand a5, a4
    addi a2, sp, 64
    bne a0, a2, 3b
    j sixteen_rounds

    .macro add_to_state at, variable
    lw a2, \at(a0)
    ADD a2, a2, \variable
    sw a2, \at(a0)
    .endm

finish:
    RESTORE a0, 128(sp)
    add_to_state 0, a6
    add_to_state 4, a7
    add_to_state 8, t0
    add_to_state 12, t1
    add_to_state 16, t2
    add_to_state 20, t3
    add_to_state 24, t4
    add_to_state 28, t5

    /* The message may be a key. */
    addi a0, sp, 128
4:
    addi a0, a0, -16
    sw zero, 0(a0)
    sw zero, 4(a0)
    sw zero, 8(a0)
    sw zero, 12(a0)
    bne a0, sp, 4b
    addi sp, sp, 144
    ret
    .size sevl_sha256_process_words, . - sevl_sha256_process_words
