/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Runs a function on a stack of the test's own, which can be searched afterwards. */
#ifndef SEVLAUNCH_OWN_STACK_H
#define SEVLAUNCH_OWN_STACK_H

#include <stddef.h>

/* Returns when the function does, or leaves. */
void own_stack_run(void *stack, size_t size, void (*function)(void));

/* From that function, to where it was run; and back. */
void own_stack_leave(void);
void own_stack_resume(void);

#endif
