/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "keys.h"

#include <sevlaunch/wipe.h>

#include "cli/input.h"

_Static_assert(sizeof(struct keys) == 32, "a TK file is read into it");

void keys_wipe(struct keys *keys)
{
    sevl_wipe(keys, sizeof *keys);
}

enum cli_code keys_check(const struct request *request, const struct cli_console *console)
{
    bool has_tek = request_has(request, OPTION_TEK);
    bool has_tik = request_has(request, OPTION_TIK);
    if (request_has(request, OPTION_TK)) {
        if (has_tek || has_tik)
            return cli_error(console, CLI_USAGE, "--tk is mutually exclusive with --tek/--tik");
        return CLI_GO_ON;
    }
    bool needs_tek = request_has(request, OPTION_INJECT_SECRET);
    bool is_enough = has_tik && (has_tek || !needs_tek);
    if (request_authenticates(request) && !is_enough)
        return cli_error(console, CLI_USAGE, "Either --tk or both of --tek/--tik are required");
    return CLI_GO_ON;
}

static enum cli_code read_key(void *key, size_t size, const struct cli_console *console,
                              const struct request *request, size_t option)
{
    if (!request_has(request, option))
        return CLI_GO_ON;
    return cli_read_key(key, size, console, cli_name(request->arguments, option),
                        request_value(request, option));
}

static bool is_zero(const uint8_t key[SEVL_TIK_SIZE])
{
    uint8_t set = 0;
    for (size_t i = 0; i < SEVL_TIK_SIZE; i++)
        set |= key[i];
    return set == 0;
}

/* A host can launch without a session: then it knows the TIK, which stays zero. */
static enum cli_code check_tik(const struct keys *keys, const struct cli_console *console,
                               const struct request *request)
{
    size_t option = request_has(request, OPTION_TK) ? OPTION_TK : OPTION_TIK;
    if (!request_has(request, option) || !is_zero(keys->tik))
        return CLI_GO_ON;
    return cli_error(console, CLI_USAGE, cli_name(request->arguments, option),
                     ": expected a key that was drawn at random, got zeros, the TIK of a launch "
                     "without a session");
}

enum cli_code keys_read(struct keys *keys, const struct cli_console *console,
                        const struct request *request)
{
    enum cli_code code = read_key(keys, sizeof *keys, console, request, OPTION_TK);
    if (code == CLI_GO_ON)
        code = read_key(keys->tik, sizeof keys->tik, console, request, OPTION_TIK);
    if (code == CLI_GO_ON)
        code = read_key(keys->tek, sizeof keys->tek, console, request, OPTION_TEK);
    if (code == CLI_GO_ON)
        code = check_tik(keys, console, request);
    if (code != CLI_GO_ON)
        keys_wipe(keys);
    return code;
}
