/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Ends with the code that its argument says, for a host that knows no
 * SYS_EXIT_EXTENDED; linked with --wrap=semihosting_call.
 */
#include "port.h"
#include "semihosting.h"

uintptr_t __wrap_semihosting_call(enum semihosting_operation operation, const void *parameters);
uintptr_t __real_semihosting_call(enum semihosting_operation operation, const void *parameters);

uintptr_t __wrap_semihosting_call(enum semihosting_operation operation, const void *parameters)
{
    if (operation == SEMIHOSTING_EXIT_EXTENDED)
        return SEMIHOSTING_FAILED;
    return __real_semihosting_call(operation, parameters);
}

int app_main(int argc, const char *const argv[])
{
    return argc == 2 ? argv[1][0] - '0' : 3;
}
