/* SPDX-License-Identifier: BSD-2-Clause-Patent */
    .syntax unified
    .thumb
    .text
    .global semihosting_trap
    .type semihosting_trap, %function
    .thumb_func
semihosting_trap:
    bkpt #0xab
    bx lr
