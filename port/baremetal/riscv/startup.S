/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Reset and traps of RV32 and RV64, in machine mode. */
    .option arch, +zicsr

    .section .vectors, "ax"
    .global startup_reset
startup_reset:
    csrw mie, zero
    csrw mstatus, zero
    la t0, trap
    csrw mtvec, t0
    csrr t0, mhartid
    bnez t0, other_hart
    la sp, stack_end
    call startup_run

/* The program runs on one hart. */
other_hart:
    wfi
    j other_hart

    .text
/* No trap is expected, so none returns: the whole stack can be wiped. */
    .balign 4
trap:
    mv a3, sp
    la sp, stack_end
    la t0, stack_start
    mv t1, sp
1:
    addi t1, t1, -4
    sw zero, 0(t1)
    bgtu t1, t0, 1b

    /* The top bit tells an interrupt from a fault. */
    csrr a0, mcause
    sltz a1, a0
    slli a0, a0, 1
    srli a0, a0, 1
    csrr a2, mepc
    call startup_fault
