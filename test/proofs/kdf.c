/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sevl_kdf, for every key, label, context and their sizes: the HMAC of SP 800-108's message in
 * counter mode, with numbers whose least significant byte comes first.
 */
#include "proof.h"

#include <core/crypto/kdf.c>

static uint8_t key[SEVL_HMAC_KEY_MAX];
static size_t key_size;
static char label[SEVL_KDF_LABEL_MAX];
static uint8_t context[SEVL_KDF_CONTEXT_MAX];
static struct sevl_kdf_purpose purpose;
static uint8_t derived[SEVL_SHA256_SIZE];
static enum sevl_result answer = SEVL_OK;

static uint8_t expected(size_t at)
{
    size_t after_label = 4 + purpose.label_size;
    size_t after_context = after_label + purpose.context_size;
    if (at < 4)
        return at == 0;
    if (at < after_label)
        return ((const uint8_t *)label)[at - 4];
    if (at < after_context)
        return context[at - after_label];
    return at == after_context ? 128 : 0;
}

enum sevl_result sevl_hmac_compute(const uint8_t *own_key, size_t own_size, const void *message,
                                   size_t size, uint8_t mac[SEVL_SHA256_SIZE])
{
    PROVE(own_key == key && own_size == key_size && mac == derived);
    PROVE(size == 4 + purpose.label_size + purpose.context_size + 4);
    size_t at = any_below(size);
    PROVE(((const uint8_t *)message)[at] == expected(at));
    answer = nondet_bool() ? SEVL_OK : SEVL_ERROR_CRYPTO;
    return answer;
}

int main(void)
{
    __CPROVER_havoc_object(label);
    __CPROVER_havoc_object(context);
    key_size = any_below(sizeof key + 1);
    bool has_context = nondet_bool();
    purpose =
        (struct sevl_kdf_purpose){label, any_below(sizeof label + 1), has_context ? context : NULL,
                                  has_context ? any_below(sizeof context + 1) : 0};
    enum sevl_result result = sevl_kdf(key, key_size, &purpose, derived);
    REACHES(result == SEVL_OK && purpose.context_size == SEVL_KDF_CONTEXT_MAX);
    REACHES(result == SEVL_ERROR_CRYPTO && !has_context);
    PROVE(result == answer);
}
