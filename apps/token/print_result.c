/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "print_result.h"

#include "port.h"

#include "token.h"

static const struct {
    uint32_t result;
    const char *line;
} refusals[] = {
    {SEVL_MISMATCH, "ERROR: Measurement does not match, VM is not trustworthy\n"},
    {TOKEN_UNPROVISIONED, "ERROR: this token was not provisioned with keys\n"},
    {TOKEN_NO_REQUEST, "ERROR: the mailbox holds no request\n"},
    {TOKEN_OUT_OF_RANGE, "ERROR: the firmware is not where this token allows it\n"},
};

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
    const char *line = "ERROR: this token computes wrong\n";
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++)
        if (refusals[i].result == result)
            line = refusals[i].line;
    print_line(line);
}

void print_result(const volatile uint32_t *result)
{
    if (*result == SEVL_MATCH)
        print_match(result);
    else
        print_refusal(*result);
}
