/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sevl_secret_seal, for any 32 bits as the verdict, every key and content, no table and
 * tables of 20, 45 and 48 bytes in 64, and any failure: sealed only with SEVL_MATCH, over the
 * message that AMD specifies; otherwise nothing of the secrets and of the HMAC is left.
 */
/* A verdict may be any number, here and in the core. */
#pragma CPROVER check push
#pragma CPROVER check disable "enum-range"
#include "secret_proof.h"

#include <core/crypto/hmac.h>

static uint8_t tek[SEVL_TEK_SIZE];
static uint8_t tik[SEVL_TIK_SIZE];
static uint8_t iv[SEVL_SECRET_IV_SIZE];
static uint8_t measure[SEVL_MEASURE_SIZE];
static uint8_t buffer[64];
static uint8_t clear[64];     /* the clear text, */
static uint8_t encrypted[64]; /* and its encryption */
static size_t encrypted_size;

enum sevl_result sevl_aes128_ctr(const uint8_t key[SEVL_AES128_SIZE],
                                 const uint8_t start[SEVL_AES128_SIZE], uint8_t *data, size_t size)
{
    PROVE(key == tek && start == iv && data == buffer && size <= sizeof buffer);
    memcpy(clear, data, sizeof clear);
    encrypted_size = size;
    if (nondet_bool()) {
        failed = true;
        return SEVL_ERROR_CRYPTO;
    }
    __CPROVER_havoc_object(encrypted);
    memcpy(data, encrypted, size);
    return SEVL_OK;
}

enum sevl_result sevl_hmac_start(struct sevl_sha256 *sha256, const uint8_t key[SEVL_HMAC_KEY_SIZE])
{
    PROVE(key == tik);
    return sevl_sha256_init(sha256);
}

enum sevl_result sevl_hmac_finish(struct sevl_sha256 *sha256, const uint8_t key[SEVL_HMAC_KEY_SIZE],
                                  uint8_t mac[SEVL_SHA256_SIZE])
{
    PROVE(key == tik);
    return sevl_sha256_finish(sha256, mac);
}

bool sevl_guid_equal(const struct sevl_guid *a, const uint8_t bytes[SEVL_GUID_SIZE])
{
    return false;
}

/* AMD 55766, section 6.6: 0x01, flags, IV, both lengths, data, MEASURE. */
static uint8_t expected(uint64_t at)
{
    if (at < 5)
        return at == 0;
    if (at < 21)
        return iv[at - 5];
    if (at < 29)
        return (at - 21) % 4 == 0 ? (uint8_t)encrypted_size : 0;
    if (at < 29 + encrypted_size)
        return encrypted[at - 29];
    return measure[at - 29 - encrypted_size];
}

static void prove_sealed(const uint8_t header[SEVL_SECRET_HEADER_SIZE], size_t size)
{
    const struct message *message = &finished[0].message;
    size_t i = any_below(sizeof buffer);
    PROVE(!failed && finishes == 1 && size == encrypted_size);
    PROVE(message->length == 29 + size + 32);
    PROVE(place >= message->length || message->byte == expected(place));
    PROVE(i >= size || buffer[i] == encrypted[i]);
    PROVE(i >= 4 || header[i] == 0);
    PROVE(i >= 16 || header[4 + i] == iv[i]);
    PROVE(i >= 32 || header[20 + i] == finished[0].hash[i]);
}

static void prove_seal(uint32_t size, enum sevl_secret_padding padding, size_t padded)
{
    struct sevl_secret_table table = {size, size == 0 ? 0 : sizeof buffer, padding};
    uint8_t header[SEVL_SECRET_HEADER_SIZE];
    uint8_t before[sizeof buffer];
    uint32_t verdict = nondet_u32();
    size_t sealed;
    size_t i = any_below(sizeof buffer);
    if (size > 20)
        sevl_put32(buffer + 36, size - 20);
    memcpy(before, buffer, sizeof before);

    const struct sevl_secret_seal seal = {(enum sevl_result)verdict, tek, tik, measure, iv};
    enum sevl_result result = sevl_secret_seal(&table, buffer, &seal, header, &sealed);

    REACHES(result == SEVL_OK && sealed == 48);
    REACHES(result == SEVL_ERROR_CRYPTO && finishes == 1);
    prove_zero(&table, sizeof table);
    bool may_seal = verdict == SEVL_MATCH && size >= 20;
    PROVE(result == (!may_seal ? SEVL_ERROR_STATE : failed ? SEVL_ERROR_CRYPTO : SEVL_OK));
    if (may_seal) {
        PROVE(encrypted_size == padded);
        PROVE(clear[i] == (i < size ? before[i] : i < padded ? 0 : before[i]));
    }
    if (result == SEVL_OK) {
        prove_sealed(header, sealed);
        return;
    }
    PROVE(sealed == 0 && buffer[i] == (size == 0 ? before[i] : 0));
    prove_zero(header, sizeof header);
}
#pragma CPROVER check pop

int main(void)
{
    __CPROVER_havoc_object(tek);
    __CPROVER_havoc_object(tik);
    __CPROVER_havoc_object(iv);
    __CPROVER_havoc_object(measure);
    __CPROVER_havoc_object(buffer);
    place = nondet_u64();
    if (CASE == 0)
        prove_seal(0, SEVL_SECRET_PADDING_LIBVIRT, 0);
    else if (CASE == 1)
        prove_seal(20, SEVL_SECRET_PADDING_LIBVIRT, 32);
    else if (CASE == 2)
        prove_seal(48, SEVL_SECRET_PADDING_LIBVIRT, 64);
    else if (CASE == 3)
        prove_seal(48, SEVL_SECRET_PADDING_MINIMAL, 48);
    else
        prove_seal(45, SEVL_SECRET_PADDING_MINIMAL, 48);
}
