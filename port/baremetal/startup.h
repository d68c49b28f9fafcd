/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * From reset to main(), and what happens after a fault.
 *
 * The startup calls machine_begin(), sets up .data and .bss and the stack's guard,
 * leaves interrupts masked, and runs main(). After a fault, an unexpected interrupt or a
 * stack overflow, it wipes the stack, prints one line to PORT_ERR and ends with 3. It needs
 * no semihosting: a program can link its own main() and console.
 */
#ifndef SEVLAUNCH_STARTUP_H
#define SEVLAUNCH_STARTUP_H

#include <stdbool.h>
#include <stdint.h>

/* The exit code of a program that failed. */
#define CODE_FAULT 3

/*
 * The program defines it: it withdraws the result of an earlier run, before anything
 * else can go wrong. Variables are not set up yet: it uses none.
 */
void machine_begin(void);

/*
 * The program defines it; called once. Its return value goes to machine_end(). The one
 * of this port, in entry.c, calls app_main().
 */
int main(void);

/*
 * The program defines it: it passes the exit code on, if there is somebody to read it,
 * and stops. end.c passes it to a semihosting host.
 */
_Noreturn void machine_end(int code);

/* Stops without a message: for when nobody could read one. */
_Noreturn void machine_halt(void);

/*
 * The stack's guard, of the kind that the CPU has. A store below the stack is noticed at
 * once by the CPU, or at the end of main().
 *
 * guard_set() returns false if the CPU lacks it. guard_is_hit() returns true if the stack
 * overflowed; `sp` is the stack pointer at the fault, or the stack's end.
 */
bool guard_set(void);
bool guard_is_hit(uintptr_t sp);

/* Reset calls it, with a stack and nothing else set up. */
_Noreturn void startup_run(void);

/*
 * The handler of everything unexpected calls it, on a wiped and empty stack. `number` is
 * the exception number on Arm and the cause on RISC-V. `pc` is 0 if it is not known.
 */
_Noreturn void startup_fault(uintptr_t number, bool is_interrupt, uintptr_t pc, uintptr_t sp);

/* Of the linker script. */
extern unsigned char data_start[], data_end[], bss_start[], bss_end[];
extern const unsigned char data_image[];
extern unsigned char guard_start[], stack_start[], stack_end[];

#endif
