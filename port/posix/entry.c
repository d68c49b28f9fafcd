/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include <signal.h>

#include "port.h"
#include "registers.h"

int main(int argc, char *argv[])
{
    /* A reader that went away makes port_print() fail, not the process end. */
    (void)signal(SIGPIPE, SIG_IGN);
    int code = app_main(argc, (const char *const *)argv);
    registers_wipe();
    return code;
}
