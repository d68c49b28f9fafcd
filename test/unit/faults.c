/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "support.h"

struct mbedtls_sha256_context;

int __real_mbedtls_sha256_starts(struct mbedtls_sha256_context *context, int is224);
int __real_mbedtls_sha256_update(struct mbedtls_sha256_context *context, const unsigned char *data,
                                 size_t size);
int __real_mbedtls_sha256_finish(struct mbedtls_sha256_context *context, unsigned char *hash);

int __wrap_mbedtls_sha256_starts(struct mbedtls_sha256_context *context, int is224);
int __wrap_mbedtls_sha256_update(struct mbedtls_sha256_context *context, const unsigned char *data,
                                 size_t size);
int __wrap_mbedtls_sha256_finish(struct mbedtls_sha256_context *context, unsigned char *hash);

static int calls;
static int failing_call;
static size_t largest;
static bool skipping;

void fail_crypto_call(int n)
{
    calls = 0;
    largest = 0;
    failing_call = n;
}

int crypto_calls(void)
{
    return calls;
}

size_t largest_update(void)
{
    return largest;
}

void skip_updates(bool skip)
{
    skipping = skip;
}

/* What a hash unit that lost power would answer. */
static int fails(void)
{
    return ++calls == failing_call ? -0x0070 : 0;
}

int __wrap_mbedtls_sha256_starts(struct mbedtls_sha256_context *context, int is224)
{
    int error = __real_mbedtls_sha256_starts(context, is224);
    return fails() != 0 ? -0x0070 : error;
}

int __wrap_mbedtls_sha256_update(struct mbedtls_sha256_context *context, const unsigned char *data,
                                 size_t size)
{
    int error = skipping ? 0 : __real_mbedtls_sha256_update(context, data, size);
    largest = size > largest ? size : largest;
    return fails() != 0 ? -0x0070 : error;
}

/* The hash is there all the same: it must not get out. */
int __wrap_mbedtls_sha256_finish(struct mbedtls_sha256_context *context, unsigned char *hash)
{
    int error = __real_mbedtls_sha256_finish(context, hash);
    return fails() != 0 ? -0x0070 : error;
}
