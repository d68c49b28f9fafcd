/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * For RISC-V with physical memory protection: nothing may access a region below the
 * stack. See startup.h for the functions.
 */
    .option arch, +zicsr

/* Locked, so that it applies to machine mode, too; size a power of two; no permission. */
#define LOCKED_NAPOT 0x98

    .text
    .global guard_set
guard_set:
    csrw mtval, zero
    la t0, guard_start
    la t1, stack_start
    sub t1, t1, t0
    srli t1, t1, 3
    addi t1, t1, -1
    srli t0, t0, 2
    or t0, t0, t1
    csrw pmpaddr0, t0
    li t2, LOCKED_NAPOT
    csrw pmpcfg0, t2
    csrr a0, pmpcfg0
    xor a0, a0, t2
    seqz a0, a0
    ret

    .global guard_is_hit
guard_is_hit:
    la t0, guard_start
    la t1, stack_start
    sltu a0, a0, t1
    csrr t2, mtval
    sltu t3, t2, t0
    sltu t4, t2, t1
    xori t3, t3, 1
    and t3, t3, t4
    or a0, a0, t3
    ret
