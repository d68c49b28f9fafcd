/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "support.h"

#include <string.h>

#include <mbedtls/aes.h>
#include <mbedtls/sha256.h>
#include <mbedtls/sha512.h>

/* A function's name for linkers, which a build may have changed, after what --wrap adds. */
#define WRAP(function) JOIN(__wrap_, function)
#define REAL(function) JOIN(__real_, function)
#define JOIN(a, b) JOIN_AS_THEY_ARE(a, b)
#define JOIN_AS_THEY_ARE(a, b) a##b

int REAL(mbedtls_sha256_starts)(mbedtls_sha256_context *context, int is224);
int REAL(mbedtls_sha256_update)(mbedtls_sha256_context *context, const unsigned char *data,
                                size_t size);
int REAL(mbedtls_sha256_finish)(mbedtls_sha256_context *context, unsigned char *hash);
int REAL(mbedtls_sha512_starts)(mbedtls_sha512_context *context, int is384);
int REAL(mbedtls_sha512_update)(mbedtls_sha512_context *context, const unsigned char *data,
                                size_t size);
int REAL(mbedtls_sha512_finish)(mbedtls_sha512_context *context, unsigned char *hash);
int REAL(mbedtls_aes_setkey_enc)(mbedtls_aes_context *context, const unsigned char *key,
                                 unsigned int bits);
int REAL(mbedtls_aes_crypt_ctr)(mbedtls_aes_context *context, size_t size, size_t *used,
                                unsigned char *counter, unsigned char *stream,
                                const unsigned char *from, unsigned char *to);

int WRAP(mbedtls_sha256_starts)(mbedtls_sha256_context *context, int is224);
int WRAP(mbedtls_sha256_update)(mbedtls_sha256_context *context, const unsigned char *data,
                                size_t size);
int WRAP(mbedtls_sha256_finish)(mbedtls_sha256_context *context, unsigned char *hash);
int WRAP(mbedtls_sha512_starts)(mbedtls_sha512_context *context, int is384);
int WRAP(mbedtls_sha512_update)(mbedtls_sha512_context *context, const unsigned char *data,
                                size_t size);
int WRAP(mbedtls_sha512_finish)(mbedtls_sha512_context *context, unsigned char *hash);
int WRAP(mbedtls_aes_setkey_enc)(mbedtls_aes_context *context, const unsigned char *key,
                                 unsigned int bits);
int WRAP(mbedtls_aes_crypt_ctr)(mbedtls_aes_context *context, size_t size, size_t *used,
                                unsigned char *counter, unsigned char *stream,
                                const unsigned char *from, unsigned char *to);

static int calls;
static int failing_call;
static size_t largest;
static bool skipping;
static int skipped_call;
static const unsigned char *last;
static char kinds[CRYPTO_KINDS];

void fail_crypto_call(int n)
{
    calls = 0;
    largest = 0;
    failing_call = n;
}

int no_faults(void **state)
{
    (void)state;
    fail_crypto_call(0);
    return 0;
}

int crypto_calls(void)
{
    return calls;
}

size_t largest_update(void)
{
    return largest;
}

const unsigned char *last_update(void)
{
    return last;
}

enum crypto_kind crypto_kind(int n)
{
    return (enum crypto_kind)kinds[n - 1];
}

void skip_hashing(bool skip)
{
    skipping = skip;
}

void skip_update(int n)
{
    fail_crypto_call(0);
    skipped_call = n;
}

/* What a hash unit without power would answer. */
static int fails(enum crypto_kind kind)
{
    if (calls < (int)sizeof kinds)
        kinds[calls] = (char)kind;
    return ++calls == failing_call ? -0x0070 : 0;
}

int WRAP(mbedtls_sha256_starts)(mbedtls_sha256_context *context, int is224)
{
    int error = REAL(mbedtls_sha256_starts)(context, is224);
    return fails(KIND_START) != 0 ? -0x0070 : error;
}

int WRAP(mbedtls_sha256_update)(mbedtls_sha256_context *context, const unsigned char *data,
                                size_t size)
{
    bool skips = skipping || calls + 1 == skipped_call;
    int error = skips ? 0 : REAL(mbedtls_sha256_update)(context, data, size);
    largest = size > largest ? size : largest;
    last = data;
    return fails(KIND_UPDATE) != 0 ? -0x0070 : error;
}

/* The hash was computed all the same: it must not get out. */
int WRAP(mbedtls_sha256_finish)(mbedtls_sha256_context *context, unsigned char *hash)
{
    int error = skipping ? 0 : REAL(mbedtls_sha256_finish)(context, hash);
    if (skipping)
        memset(hash, 0, 32);
    return fails(KIND_FINISH) != 0 ? -0x0070 : error;
}

int WRAP(mbedtls_sha512_starts)(mbedtls_sha512_context *context, int is384)
{
    int error = REAL(mbedtls_sha512_starts)(context, is384);
    return fails(KIND_START) != 0 ? -0x0070 : error;
}

int WRAP(mbedtls_sha512_update)(mbedtls_sha512_context *context, const unsigned char *data,
                                size_t size)
{
    int error = REAL(mbedtls_sha512_update)(context, data, size);
    return fails(KIND_UPDATE) != 0 ? -0x0070 : error;
}

int WRAP(mbedtls_sha512_finish)(mbedtls_sha512_context *context, unsigned char *hash)
{
    int error = REAL(mbedtls_sha512_finish)(context, hash);
    return fails(KIND_FINISH) != 0 ? -0x0070 : error;
}

/* The round keys were made all the same: they must not stay. */
int WRAP(mbedtls_aes_setkey_enc)(mbedtls_aes_context *context, const unsigned char *key,
                                 unsigned int bits)
{
    int error = REAL(mbedtls_aes_setkey_enc)(context, key, bits);
    return fails(KIND_AES) != 0 ? -0x0070 : error;
}

/* The clear text is still there: it must not get out. */
int WRAP(mbedtls_aes_crypt_ctr)(mbedtls_aes_context *context, size_t size, size_t *used,
                                unsigned char *counter, unsigned char *stream,
                                const unsigned char *from, unsigned char *to)
{
    if (fails(KIND_AES) != 0)
        return -0x0070;
    return REAL(mbedtls_aes_crypt_ctr)(context, size, used, counter, stream, from, to);
}
