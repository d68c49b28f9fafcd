/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sevl_sev_session_make, for any 32 bits as verdict and kind, every key, policy and random bytes,
 * and any failure: a session is made only under a PDH that was verified, at the start and in the
 * end, with random bytes that were accepted, and with no secret left at the zeros that stood in its
 * place before; its blob is the one that AMD specifies. The memory is zero then, and on an error
 * the session, too.
 */
/* A verdict may be any number, here and in the core. */
#pragma CPROVER check push
#pragma CPROVER check disable "enum-range"
#include "wipe_model.h"

#include <core/sev/session.c>

static struct sevl_sev_session session;
static struct sevl_sev_session_memory memory;
static struct sevl_sev_key pdh;
static uint32_t policy;
static const struct sevl_random random;

static struct sevl_session_random drawn;
static uint8_t z[SEVL_P384_SIZE];
static uint8_t godh[SEVL_P384_KEY_SIZE];
static uint8_t derived[3][SEVL_SHA256_SIZE]; /* master, KEK, KIK */
static uint8_t wrapped[WRAPPED_SIZE];
static uint8_t macs[2][SEVL_SHA256_SIZE];

static enum sevl_result failure; /* the first, or SEVL_OK */
static unsigned draws, multiplications, derivations, encryptions, authentications;
static size_t any; /* below the size of a block: what is true there is true of all */

static enum sevl_result any_failure(enum sevl_result one)
{
    PROVE(failure == SEVL_OK);
    if (nondet_bool())
        failure = one;
    return failure;
}

bool sevl_constant_time_equal(const uint8_t *a, const uint8_t *b, size_t size)
{
    PROVE(__CPROVER_r_ok(a, size) && __CPROVER_r_ok(b, size));
    uint8_t difference = 0;
    for (size_t i = 0; i < size; i++)
        difference |= a[i] ^ b[i];
    return difference == 0;
}

/* It may take a while: the PDH may be another one then. */
enum sevl_result sevl_session_random_draw(struct sevl_session_random *to,
                                          uint8_t refused[SEVL_P384_SIZE],
                                          const struct sevl_random *source)
{
    PROVE(source == &random && __CPROVER_w_ok(refused, SEVL_P384_SIZE));
    draws++;
    *to = drawn;
    __CPROVER_havoc_slice(refused, SEVL_P384_SIZE);
    pdh.verdict = (enum sevl_result)nondet_u32();
    return any_failure(SEVL_ERROR_RANDOM);
}

enum sevl_result sevl_p384_secret_multiply(struct sevl_p384_secret *work,
                                           const uint8_t d[SEVL_P384_SIZE],
                                           const struct sevl_p384_key *point,
                                           const uint8_t blinding[SEVL_P384_SIZE],
                                           struct sevl_p384_key *product)
{
    size_t i = any_below(SEVL_P384_SIZE);
    PROVE(failure == SEVL_OK && __CPROVER_w_ok(work, sizeof *work));
    PROVE(d[i] == drawn.d[i]);
    if (multiplications++ == 0) {
        PROVE(point == (const void *)pdh.key);
        PROVE(blinding[i] == drawn.shared_blinding[i]);
        PROVE(product->x[i] == 0); /* and stays so if a fault leaves this call out */
        memcpy(product->x, z, sizeof z);
    } else {
        PROVE(point == NULL && (const void *)product == session.godh);
        PROVE(blinding[i] == drawn.godh_blinding[i]);
        memcpy(product, godh, sizeof godh);
    }
    memset(work, 0, sizeof *work);
    uint8_t which = nondet_u8();
    enum sevl_result result = which == 0   ? SEVL_ERROR_STATE
                              : which == 1 ? SEVL_ERROR_ENCODING
                                           : SEVL_OK;
    failure = which == 0 ? SEVL_ERROR_RANDOM : which == 1 ? SEVL_ERROR_STATE : SEVL_OK;
    return result;
}

enum sevl_result sevl_kdf(const uint8_t *key, size_t key_size,
                          const struct sevl_kdf_purpose *purpose, uint8_t to[SEVL_SHA256_SIZE])
{
    static const char *const labels[] = {"sev-master-secret", "sev-kek", "sev-kik"};
    static const size_t sizes[] = {18, 8, 8};
    unsigned n = derivations++;
    PROVE(n < 3 && purpose->label_size == sizes[n]);
    size_t at = any_below(purpose->label_size);
    PROVE(purpose->label[at] == labels[n][at]);
    PROVE(key_size == (n == 0 ? SEVL_P384_SIZE : SEVL_KDF_SIZE));
    size_t i = any_below(key_size);
    PROVE(key[i] == (n == 0 ? z[i] : derived[0][i]));
    PROVE(purpose->context_size == (n == 0 ? SEVL_SESSION_NONCE_SIZE : 0));
    PROVE(n > 0 || purpose->context[any] == drawn.nonce[any]);
    PROVE(to[any] == 0); /* as above */
    memcpy(to, derived[n], SEVL_SHA256_SIZE);
    return any_failure(SEVL_ERROR_CRYPTO);
}

enum sevl_result sevl_aes128_ctr(const uint8_t key[SEVL_AES128_SIZE],
                                 const uint8_t iv[SEVL_AES128_SIZE], uint8_t *data, size_t size)
{
    encryptions++;
    PROVE(derivations == 3 && size == WRAPPED_SIZE && data == session.blob + 16);
    PROVE(key[any] == derived[1][any] && iv[any] == drawn.iv[any]);
    PROVE(data[any] == drawn.tek[any] && data[16 + any] == drawn.tik[any]);
    memcpy(data, wrapped, sizeof wrapped);
    return any_failure(SEVL_ERROR_CRYPTO);
}

enum sevl_result sevl_hmac_compute(const uint8_t *key, size_t key_size, const void *message,
                                   size_t size, uint8_t mac[SEVL_SHA256_SIZE])
{
    const uint8_t *bytes = message;
    unsigned n = authentications++;
    PROVE(n < 2 && encryptions == 1 && key_size == 16);
    PROVE(key[any] == (n == 0 ? derived[2][any] : drawn.tik[any]));
    PROVE(size == (n == 0 ? sizeof wrapped : 4));
    size_t i = any_below(size);
    PROVE(bytes[i] == (n == 0 ? wrapped[i] : (policy >> 8 * i & 0xff)));
    memcpy(mac, macs[n], SEVL_SHA256_SIZE);
    return any_failure(SEVL_ERROR_CRYPTO);
}

static uint8_t expected(size_t at)
{
    if (at < 16)
        return drawn.nonce[at];
    if (at < 48)
        return wrapped[at - 16];
    if (at < 64)
        return drawn.iv[at - 48];
    return macs[at / 32 - 2][at % 32];
}

static bool is_zero_block(const uint8_t *bytes)
{
    static const uint8_t zeros[16];
    return memcmp(bytes, zeros, sizeof zeros) == 0;
}

static void prove_made(void)
{
    size_t i = any_below(sizeof session.blob);
    size_t j = any_below(sizeof godh);
    PROVE(draws == 1 && multiplications == 2 && derivations == 3 && authentications == 2);
    PROVE(session.blob[i] == expected(i));
    PROVE(session.godh[j] == godh[j]);
    PROVE(session.tek[any] == drawn.tek[any] && session.tik[any] == drawn.tik[any]);
}

int main(void)
{
    __CPROVER_havoc_object(&session);
    __CPROVER_havoc_object(&memory);
    __CPROVER_havoc_object(&drawn);
    __CPROVER_havoc_object(z);
    __CPROVER_havoc_object(godh);
    __CPROVER_havoc_object(derived);
    __CPROVER_havoc_object(wrapped);
    __CPROVER_havoc_object(macs);
    policy = nondet_u32();
    any = any_below(16);
    failure = SEVL_OK;
    pdh.verdict = (enum sevl_result)nondet_u32();
    pdh.kind = (enum sevl_sev_certificate_kind)nondet_u32();
    bool was_verified = pdh.verdict == SEVL_MATCH && pdh.kind == SEVL_SEV_PDH;
    watch(&memory, sizeof memory);

    enum sevl_result result = sevl_sev_session_make(&session, &pdh, policy, &random, &memory);

    REACHES(result == SEVL_OK);
    REACHES(result == SEVL_ERROR_STATE && failure == SEVL_OK && authentications == 2);
    REACHES(result == SEVL_ERROR_STATE && multiplications == 1);
    REACHES(result == SEVL_ERROR_STATE && authentications == 2 && is_zero_block(derived[0]));
    REACHES(result == SEVL_ERROR_RANDOM && multiplications == 2);
    REACHES(result == SEVL_ERROR_CRYPTO && authentications == 2);
    prove_wiped();
    prove_zero(&memory, sizeof memory);
    PROVE(was_verified || draws == 0);
    bool is_wrapped =
        memcmp(wrapped, drawn.tek, 16) != 0 && memcmp(wrapped + 16, drawn.tik, 16) != 0;
    bool is_secret = !is_zero_block(z) && !is_zero_block(derived[0]) && !is_zero_block(derived[1]);
    bool may_be_made = was_verified && pdh.verdict == SEVL_MATCH && failure == SEVL_OK;
    PROVE((result == SEVL_OK) == (may_be_made && is_secret && is_wrapped));
    if (result == SEVL_OK) {
        prove_made();
        return 0;
    }
    PROVE(result == (failure != SEVL_OK ? failure : SEVL_ERROR_STATE));
    prove_zero(&session, sizeof session);
}
#pragma CPROVER check pop
