/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "cli/json.h"

#include "cli/text.h"

void cli_json_line_of(struct cli_json *json, const char *const parts[])
{
    if (!cli_line_of(PORT_OUT, parts))
        json->printed = false;
}

void cli_json_begin(struct cli_json *json)
{
    json->printed = true;
    cli_json_line(json, "{");
}

void cli_json_member(struct cli_json *json, const char *name, const char *value)
{
    cli_json_line(json, "  \"", name, "\": ", value, ",");
}

void cli_json_number(struct cli_json *json, const char *name, uint64_t number)
{
    cli_json_member(json, name, text_decimal(number).text);
}

void cli_json_bytes(struct cli_json *json, const char *name, const uint8_t *bytes, size_t size)
{
    char text[2 * CLI_JSON_BYTES_MAX + 3] = "\"";
    text_from_bytes(text + 1, bytes, size);
    text[2 * size + 1] = '"';
    text[2 * size + 2] = '\0';
    cli_json_member(json, name, text);
}

bool cli_json_end(struct cli_json *json)
{
    cli_json_line(json, "}");
    return json->printed;
}
