/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Reset and exceptions of ARMv6-M, ARMv7-M and ARMv8-M. */
    .syntax unified
    .thumb

    .section .vectors, "a"
    .global vectors
vectors:
    .word stack_end
    .word startup_reset
    .rept 14 + SEVLAUNCH_INTERRUPTS
    .word exception
    .endr

    .text
    .global startup_reset
    .thumb_func
startup_reset:
    cpsid i
    ldr r0, =stack_end
    mov sp, r0
#ifndef __ARM_ARCH_6M__
    /* VTOR: an earlier program may have set another table. */
    ldr r0, =0xe000ed08
    ldr r1, =vectors
    str r1, [r0]
#endif
    bl startup_run

/* No exception is expected, so none returns: the whole stack can be wiped. */
    .thumb_func
exception:
    mrs r0, ipsr
    mov r3, sp

    /* The program counter is word 6 of the frame, if the frame is on the stack. */
    movs r2, #0
    ldr r4, =stack_start
    ldr r5, =stack_end
    cmp r3, r4
    blo 1f
    subs r5, #32
    cmp r3, r5
    bhi 1f
    ldr r2, [r3, #24]
1:
    ldr r5, =stack_end
    mov sp, r5
    movs r6, #0
2:
    subs r5, #4
    str r6, [r5]
    cmp r5, r4
    bhi 2b

    /* 3 to 7 are faults. */
    movs r1, #1
    cmp r0, #3
    blo 3f
    cmp r0, #7
    bhi 3f
    movs r1, #0
3:
    bl startup_fault
