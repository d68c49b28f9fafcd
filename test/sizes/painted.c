/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Runs a program that is measured on a painted stack. Prints how many bytes of it, counted
 * from the call, were written, as four digits.
 */
#include "known.h"
#include "port.h"
#include "startup.h"

#define PAINT 0xc7
#if defined(__arm__)
#define READ_SP "mov %0, sp"
#else
#define READ_SP "mv %0, sp"
#endif

static void print_depth(size_t depth)
{
    const char line[] = {(char)('0' + depth / 1000), (char)('0' + depth / 100 % 10),
                         (char)('0' + depth / 10 % 10), (char)('0' + depth % 10), '\n'};
    (void)!port_print(PORT_OUT, line, sizeof line);
}

/* This function keeps nothing below its stack pointer while it paints and searches. */
int main(void)
{
    const struct sevl_bytes input = known_input();
    volatile uint8_t *sp;
    volatile uint8_t *byte;
    __asm__ volatile(READ_SP : "=r"(sp));
    for (byte = stack_start; byte < sp; byte++)
        *byte = PAINT;
    enum sevl_result verdict = measured(input.bytes, input.size);
    for (byte = stack_start; *byte == PAINT && byte < sp;)
        byte++;
    print_depth((size_t)(sp - byte));
    return verdict == SEVL_MATCH ? 0 : 1;
}
