/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* One JSON object on standard output, a member a line. */
#ifndef SEVLAUNCH_CLI_JSON_H
#define SEVLAUNCH_CLI_JSON_H

#include "cli/console.h"

#define CLI_JSON_BYTES_MAX 32

struct cli_json {
    bool printed; /* all lines so far */
};

void cli_json_begin(struct cli_json *json);

/* A member whose value is `value` as it stands; another one follows. */
void cli_json_member(struct cli_json *json, const char *name, const char *value);
void cli_json_number(struct cli_json *json, const char *name, uint64_t number);

/* At most CLI_JSON_BYTES_MAX bytes, as hexadecimal digits. */
void cli_json_bytes(struct cli_json *json, const char *name, const uint8_t *bytes, size_t size);

/* A line of texts as they stand. */
#define cli_json_line(json, ...) cli_json_line_of(json, (const char *const[]){__VA_ARGS__, NULL})
void cli_json_line_of(struct cli_json *json, const char *const parts[]);

/* Returns whether all of the object was printed. */
PORT_CHECK bool cli_json_end(struct cli_json *json);

#endif
