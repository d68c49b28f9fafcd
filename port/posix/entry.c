/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "cpu/registers.h"
#include "port.h"

#define CODE_FAILED 3

/* So that a failing write returns an error with its reason, and does not end the process. */
static void ignore_signals_of_writes(void)
{
    (void)signal(SIGPIPE, SIG_IGN);
    (void)signal(SIGXFSZ, SIG_IGN);
}

/* The limit alone is not enough: a program that handles cores gets them whatever it is. */
static bool forbid_core_dumps(void)
{
    const struct rlimit none = {0, 0};
#ifdef __linux__
    if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
        return false;
#endif
    return setrlimit(RLIMIT_CORE, &none) == 0;
}

/*
 * Keeps the stack and static data, which hold keys, out of swap. The system may not allow
 * it; the command validates all the same.
 */
static void lock_memory(void)
{
#ifdef MCL_ONFAULT /* without it, the kernel reads in pages that nobody uses */
    (void)mlockall(MCL_CURRENT | MCL_ONFAULT);
#endif
}

static int refuse_core_dumps(void)
{
    static const char line[] = "ERROR: core dumps, which would hold keys, cannot be turned off\n";
    (void)!port_print(PORT_ERR, line, sizeof line - 1);
    return CODE_FAILED;
}

int main(int argc, char *argv[])
{
    if (!forbid_core_dumps())
        return refuse_core_dumps();
    ignore_signals_of_writes();
    lock_memory();
    int code = app_main(argc, (const char *const *)argv);
    registers_wipe();
    return code;
}
