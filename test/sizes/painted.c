/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Verifies a launch with a known answer on a painted stack. Prints how many bytes of it,
 * counted from the call, were written, as four digits.
 */
#include "port.h"
#include "sev/vectors.h"
#include "startup.h"
#include "verify.h"

#define PAINT 0xc7
#if defined(__arm__)
#define READ_SP "mov %0, sp"
#else
#define READ_SP "mv %0, sp"
#endif

static const struct sevl_vector *const vector = &sevl_vectors[8];

static uint8_t firmware[1000];

static void set_up(void)
{
    for (size_t i = 0; i < vector->size; i++)
        firmware[i] = (uint8_t)(vector->seed + 7 * i);
    for (size_t i = 0; i < SEVL_TIK_SIZE; i++)
        verification.tik[i] = vector->tik[i];
    verification.launch = vector->launch;
    verification.reported = vector->reported;
}

static void print_depth(size_t depth)
{
    const char line[] = {(char)('0' + depth / 1000), (char)('0' + depth / 100 % 10),
                         (char)('0' + depth / 10 % 10), (char)('0' + depth % 10), '\n'};
    (void)!port_print(PORT_OUT, line, sizeof line);
}

/* This function keeps nothing below its stack pointer while it paints and searches. */
int main(void)
{
    volatile uint8_t *sp;
    volatile uint8_t *byte;
    set_up();
    __asm__ volatile(READ_SP : "=r"(sp));
    for (byte = stack_start; byte < sp; byte++)
        *byte = PAINT;
    enum sevl_result verdict = verify(firmware, vector->size);
    for (byte = stack_start; *byte == PAINT && byte < sp;)
        byte++;
    print_depth((size_t)(sp - byte));
    return verdict == SEVL_MATCH ? 0 : 1;
}
