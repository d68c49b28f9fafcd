/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef SEVLAUNCH_SUPPORT_H
#define SEVLAUNCH_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "is_zero.h"

/* Makes only the n-th call of Mbed TLS's SHA-2 or AES from now on fail; 0: none. */
void fail_crypto_call(int n);

/* Sets a test up in which no call fails. */
int no_faults(void **state);

/* Return the count of calls since then, and the maximum size of an update of SHA-256. */
int crypto_calls(void);
size_t largest_update(void);

/* Returns where the bytes of the last update of SHA-256 were. */
const unsigned char *last_update(void);

/* Returns the kind of the n-th call, up to CRYPTO_KINDS; a hash's calls by their first letter. */
#define CRYPTO_KINDS 1000000
enum crypto_kind { KIND_START = 's', KIND_UPDATE = 'u', KIND_FINISH = 'f', KIND_AES = 'a' };
enum crypto_kind crypto_kind(int n);

/* While set, calls of SHA-256 are counted but hash nothing: for tests that would hash much for no
 * use. */
void skip_hashing(bool skip);

/* Makes the n-th call from now on hash nothing, if it is an update of SHA-256. */
void skip_update(int n);

#endif
