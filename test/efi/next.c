/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What --then starts in tests. It says so, and ends with a status that the command never has
 * after a match: EFI_ABORTED. */
#include "port.h"

int app_main(int argc, const char *const argv[])
{
    static const char text[] = "the next image runs\n";
    (void)argv;
    return argc == 1 && port_print(PORT_OUT, text, sizeof text - 1) ? 3 : 2;
}
