/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The command, which prints at its end how much of the stack it used, and the size of the
 * stack. The caller must fill RAM with PAINT before.
 *
 * Linked with --wrap for machine_end() and port_random(): the port has no random
 * source, but with one, the command needs more stack.
 */
#include <stddef.h>
#include <stdint.h>

#include "port.h"
#include "startup.h"

#define PAINT 0x5a

bool __wrap_port_random(void *bytes, size_t size);
_Noreturn void __wrap_machine_end(int code);
_Noreturn void __real_machine_end(int code);

bool __wrap_port_random(void *bytes, size_t size)
{
    unsigned char *next = bytes;
    for (size_t i = 0; i < size; i++)
        next[i] = (unsigned char)i;
    return true;
}

static void print_number(size_t number)
{
    char digits[10];
    size_t first = sizeof digits;
    do {
        digits[--first] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    (void)!port_print(PORT_ERR, digits + first, sizeof digits - first);
}

_Noreturn void __wrap_machine_end(int code)
{
    const unsigned char *deepest = stack_start;
    while (deepest < stack_end && *deepest == PAINT)
        deepest++;
    print_number((size_t)(stack_end - deepest));
    (void)!port_print(PORT_ERR, " of ", 4);
    print_number((size_t)(stack_end - stack_start));
    (void)!port_print(PORT_ERR, "\n", 1);
    __real_machine_end(code);
}
