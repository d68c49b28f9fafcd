/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The functions of memory.c for Cortex-M. memcpy() goes by words where all is aligned, and from
 * the last to the first, so that it is right for half of memmove(), too.
 */
    .syntax unified
    .thumb

    .macro begin name
    .section .text.\name, "ax"
    .global \name
    .type \name, %function
    .thumb_func
\name:
    .endm

    begin memcpy
    movs r3, r0
    orrs r3, r1
    orrs r3, r2
    lsls r3, #30
    bne 4f
    b 2f
1:
    ldr r3, [r1, r2]
    str r3, [r0, r2]
2:
    subs r2, #4
    bcs 1b
    bx lr
3:
    ldrb r3, [r1, r2]
    strb r3, [r0, r2]
4:
    subs r2, #1
    bcs 3b
    bx lr
    .size memcpy, . - memcpy

    begin memmove
    push {r4, lr}
    cmp r0, r1
    bhi 2f
    movs r3, #0
1:
    cmp r3, r2
    beq 3f
    ldrb r4, [r1, r3]
    strb r4, [r0, r3]
    adds r3, #1
    b 1b
2:
    bl memcpy
3:
    pop {r4, pc}
    .size memmove, . - memmove

    begin memset
    b 2f
1:
    strb r1, [r0, r2]
2:
    subs r2, #1
    bcs 1b
    bx lr
    .size memset, . - memset

    begin memcmp
    push {r4, lr}
    adds r2, r0
1:
    cmp r0, r2
    beq 2f
    ldrb r3, [r0]
    ldrb r4, [r1]
    adds r0, #1
    adds r1, #1
    subs r3, r4
    beq 1b
    movs r0, r3
    pop {r4, pc}
2:
    movs r0, #0
    pop {r4, pc}
    .size memcmp, . - memcmp
