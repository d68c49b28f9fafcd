/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Where your platform starts a program. Before this, .data and .bss are set up,
 * the console works, the stack has a guard, and interrupts are masked or handled.
 */
#include "port.h"

#define ARGUMENTS_MAX 64

/* Defined nowhere: the linker names what is left to write. Delete each as you do. */
int fill_in_arguments_in_entry_c(const char *arguments[ARGUMENTS_MAX + 1]);
int fill_in_exit_code_in_entry_c(int code);

/*
 * Arguments: the program's name or "", those of the user one by one, NULL. A
 * command line that does not fit is an error, not a shorter command line.
 *
 * Exit code: 0 to 3, given to your parent in its own form. Anything else that ends the
 * program (a fault, an unexpected interrupt, a stack overflow) counts as 3: write the
 * handlers, and check that none of them returns.
 */
int main(void)
{
    const char *arguments[ARGUMENTS_MAX + 1];
    int count = fill_in_arguments_in_entry_c(arguments);
    return fill_in_exit_code_in_entry_c(app_main(count, arguments));
}
