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

/* A write that cannot be made fails then, with a reason, and does not end the process. */
static void ignore_signals_of_writes(void)
{
    (void)signal(SIGPIPE, SIG_IGN);
    (void)signal(SIGXFSZ, SIG_IGN);
}

/* A core handler that is a program gets the core whatever the limit of its size is. */
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
 * Keeps what has keys out of swap: the stack and static data. The system may allow
 * less, which is no reason to validate nothing.
 */
static void lock_memory(void)
{
#ifdef MCL_ONFAULT /* without it, pages that nobody uses would be read in as well */
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
