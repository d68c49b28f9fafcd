/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Headers that cmocka.h needs before it. */
#ifndef SEVLAUNCH_CMOCKA_TESTS_H
#define SEVLAUNCH_CMOCKA_TESTS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#endif
