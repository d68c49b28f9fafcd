/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "print_result.h"

#include "port.h"

#include "results.h"

static void print_line(const char *line)
{
    size_t length = 0;
    while (line[length] != '\0')
        length++;
    (void)!port_print(PORT_OUT, line, length);
}

/* Not inlined, so that a stray jump to it still meets the comparison. */
__attribute__((noinline)) static void print_match(const volatile uint32_t *result)
{
    if (*result == SEVL_MATCH)
        print_line("OK: Looks good to me\n");
}

static void print_refusal(uint32_t result)
{
    const struct refusal *refusal = refusals;
    while (refusal->result != result && refusal->result != TOKEN_BROKEN)
        refusal++;
    print_line(refusal->line);
}

void print_result(const volatile uint32_t *result)
{
    if (*result == SEVL_MATCH)
        print_match(result);
    else
        print_refusal(*result);
}
