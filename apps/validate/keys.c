/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "keys.h"

#include <sevlaunch/wipe.h>

#include "input.h"

_Static_assert(sizeof(struct keys) == 32, "a TK file is read into it");

void keys_wipe(struct keys *keys)
{
    sevl_wipe(keys, sizeof *keys);
}

bool keys_read(struct keys *keys, struct console *console, const struct request *request)
{
    bool read =
        request->tk != NULL
            ? input_exactly(keys, sizeof *keys, console, "--tk", request->tk)
            : input_exactly(keys->tik, sizeof keys->tik, console, "--tik", request->tik) &&
                  input_exactly(keys->tek, sizeof keys->tek, console, "--tek", request->tek);
    if (!read)
        keys_wipe(keys);
    return read;
}
