/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef SEVLAUNCH_SUPPORT_H
#define SEVLAUNCH_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* The n-th call of Mbed TLS's SHA-256 or AES from now on fails, and only that; 0: none. */
void fail_crypto_call(int n);

/* How many calls there were since, and the most bytes that one update was given. */
int crypto_calls(void);
size_t largest_update(void);

/* Where the bytes of the last update were. */
const unsigned char *last_update(void);

/* What the n-th call was, of the first so many. Those of a hash go by their first letter. */
#define CRYPTO_KINDS 1000000
enum crypto_kind { KIND_START = 's', KIND_UPDATE = 'u', KIND_FINISH = 'f', KIND_AES = 'a' };
enum crypto_kind crypto_kind(int n);

/* While set, calls are counted and hash nothing: where much is hashed, and why is no matter. */
void skip_hashing(bool skip);

/* From now on, the n-th call hashes nothing, if it is an update. */
void skip_update(int n);

static inline bool is_zero(const void *memory, size_t size)
{
    const uint8_t *bytes = memory;
    for (size_t i = 0; i < size; i++)
        if (bytes[i] != 0)
            return false;
    return true;
}

#endif
