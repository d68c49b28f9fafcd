/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include <sevlaunch/sev/session.h>

#include "show_file.h"

/* Parts of the blob: see AMD 55766, LAUNCH_START. */
static const struct field {
    const char *name;
    size_t offset;
    size_t size;
} session_fields[] = {{"nonce", 0, 16},
                      {"wrapped-keys", 16, 32},
                      {"iv", 48, 16},
                      {"wrap-mac", 64, 32},
                      {"policy-mac", 96, 32}};

enum cli_code show_session(struct show_file *file, const struct cli_console *console,
                           struct show_output *output)
{
    size_t size = show_decode(file);
    (void)console;
    if (size != SEVL_SEV_SESSION_SIZE)
        return CLI_GO_ON;
    show_begin(output, "session-blob");
    show_file_members(file, output);
    show_encoding(file, output, size);
    for (size_t i = 0; i < sizeof session_fields / sizeof *session_fields; i++)
        show_bytes(output, session_fields[i].name, file->work + session_fields[i].offset,
                   session_fields[i].size);
    show_note(output, "told by its 128 bytes alone: it can be something else");
    return CLI_SUCCESS;
}
