/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "report_data.h"

#include <string.h>

#include "cli/text.h"

static enum cli_code fail_data(const struct cli_arguments *arguments,
                               const struct cli_console *console, size_t option,
                               const char *expected)
{
    return cli_error(console, CLI_USAGE, cli_name(arguments, option), ": expected ", expected,
                     ", got '", arguments->value[option], "'");
}

bool report_data_read_nonce(const char *text, uint8_t bytes[REPORT_DATA_SIZE])
{
    size_t size = text_length(text) / 2;
    memset(bytes, 0, REPORT_DATA_SIZE);
    return size >= 1 && size <= REPORT_DATA_SIZE && text_to_bytes(text, bytes, size);
}

enum cli_code report_data_read(uint8_t bytes[REPORT_DATA_SIZE],
                               const struct cli_arguments *arguments,
                               const struct cli_console *console, size_t whole, size_t nonce)
{
    const char *text = arguments->value[whole];
    if (text != NULL && !text_to_bytes(text, bytes, REPORT_DATA_SIZE))
        return fail_data(arguments, console, whole, "128 hexadecimal digits");
    text = arguments->value[nonce];
    if (text != NULL && !report_data_read_nonce(text, bytes))
        return fail_data(arguments, console, nonce, "2 to 128 hexadecimal digits, an even number");
    return CLI_GO_ON;
}

bool report_data_equal(const uint8_t a[REPORT_DATA_SIZE], const uint8_t b[REPORT_DATA_SIZE])
{
    uint8_t difference = 0;
    for (size_t i = 0; i < REPORT_DATA_SIZE; i++)
        difference |= a[i] ^ b[i];
    return difference == 0;
}
