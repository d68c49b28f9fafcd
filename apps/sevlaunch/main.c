/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "port.h"
#include "subcommands.h"

/* The build sets the size: a page or more where there is memory for it. */
static _Alignas(64) unsigned char memory[SEVLAUNCH_BUFFER_SIZE];

int app_main(int argc, const char *const argv[])
{
    static const char *const no_words[] = {NULL};
    const struct cli_buffer buffer = {memory, sizeof memory};
    return (int)sevlaunch(argc > 0 ? argv + 1 : no_words, buffer);
}
