/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "semihosting.h"
#include "startup.h"

#define APPLICATION_EXIT ((uintptr_t)0x20026)
#define RUN_TIME_ERROR ((uintptr_t)0x20023)

/* For old hosts, which know only success and failure: 1, 2 and 3 become the same. */
static void end_plainly(int code)
{
    const uintptr_t block[] = {code == 0 ? APPLICATION_EXIT : RUN_TIME_ERROR, 0};
    const void *parameters = sizeof *block == 4 ? (const void *)*block : block;
    (void)semihosting_call(SEMIHOSTING_EXIT, parameters);
}

/* A host gets nothing but the exit code: there is nothing to withdraw. */
void machine_begin(void)
{
}

_Noreturn void machine_end(int code)
{
    const uintptr_t block[] = {APPLICATION_EXIT, (uintptr_t)code};
    (void)semihosting_call(SEMIHOSTING_EXIT_EXTENDED, block);
    end_plainly(code);
    machine_halt();
}
