/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "own_stack.h"

#include <ucontext.h>

#include "require.h"

static ucontext_t here;
static ucontext_t there;

void own_stack_run(void *stack, size_t size, void (*function)(void))
{
    REQUIRE(getcontext(&there) == 0);
    there.uc_stack.ss_sp = stack;
    there.uc_stack.ss_size = size;
    there.uc_link = &here;
    makecontext(&there, function, 0);
    own_stack_resume();
}

void own_stack_leave(void)
{
    REQUIRE(swapcontext(&there, &here) == 0);
}

void own_stack_resume(void)
{
    REQUIRE(swapcontext(&here, &there) == 0);
}
