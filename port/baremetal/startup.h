/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * From reset to main(), and what ends a program that went wrong.
 *
 * The startup calls machine_begin(), sets up .data and .bss and the stack's guard,
 * leaves interrupts masked, and runs main(). A fault, an unexpected interrupt and a stack
 * overflow wipe the stack, print one line to PORT_ERR and end with 3. It needs
 * no semihosting: whoever has a main() and a console of his own links those.
 */
#ifndef SEVLAUNCH_STARTUP_H
#define SEVLAUNCH_STARTUP_H

#include <stdbool.h>
#include <stdint.h>

/* What a program that failed ends with. */
#define CODE_FAULT 3

/*
 * Given by the program: withdraws what an earlier run told the world, before anything
 * else can go wrong. Variables are not there yet: it uses none.
 */
void machine_begin(void);

/*
 * Given by the program: its work, called once, whose return value goes to
 * machine_end(). The port's own, in entry.c, calls app_main().
 */
int main(void);

/*
 * Given by the program: tells the world the exit code, if there is someone to
 * tell, and stops. end.c tells a semihosting host.
 */
_Noreturn void machine_end(int code);

/* Stops without a word: for when nothing that could be said would be heard. */
_Noreturn void machine_halt(void);

/*
 * The stack's guard, of which each CPU has the one that it can: whatever is
 * stored below the stack is noticed at once by the CPU, or at the end of main().
 *
 * guard_set() returns false when the CPU lacks it. guard_is_hit() tells whether
 * the stack overflowed, to which `sp` is the stack pointer that a fault left.
 */
bool guard_set(void);
bool guard_is_hit(uintptr_t sp);

/* Called by reset, with a stack and nothing else. */
_Noreturn void startup_run(void);

/*
 * Called by the handler of everything unexpected, on an emptied stack. `number`
 * is the architecture's: of the exception for Arm, the cause for RISC-V. `pc` is
 * 0 when it is not known.
 */
_Noreturn void startup_fault(uintptr_t number, bool is_interrupt, uintptr_t pc, uintptr_t sp);

/* Of the linker script. */
extern unsigned char data_start[], data_end[], bss_start[], bss_end[];
extern const unsigned char data_image[];
extern unsigned char guard_start[], stack_start[], stack_end[];

#endif
