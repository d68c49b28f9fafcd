/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "p384_model.h"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <string.h>

#include "require.h"

#define NUMBER 48
#define POINT 97 /* uncompressed: 4, x and y */

static bool is_same(const uint8_t *a, int a_size, const uint8_t *b, size_t b_size)
{
    return a_size >= 0 && (size_t)a_size == b_size && memcmp(a, b, b_size) == 0;
}

/* The group is named P-384, and the point not compressed. */
static bool take_point(uint8_t key[96], const EVP_PKEY *from)
{
    char group[16] = "";
    uint8_t point[POINT + 1];
    size_t size = 0;
    if (EVP_PKEY_get_group_name(from, group, sizeof group, NULL) != 1 ||
        strcmp(group, "secp384r1") != 0)
        return false;
    if (EVP_PKEY_get_octet_string_param(from, "pub", point, sizeof point, &size) != 1 ||
        size != POINT || point[0] != 4)
        return false;
    memcpy(key, point + 1, 2 * NUMBER);
    return true;
}

bool p384_model_key(uint8_t key[96], const uint8_t *der, size_t size)
{
    const uint8_t *next = der;
    uint8_t *again = NULL;
    EVP_PKEY *read = d2i_PUBKEY(NULL, &next, (long)size);
    int again_size = read == NULL ? -1 : i2d_PUBKEY(read, &again);
    bool done = is_same(again, again_size, der, size) && take_point(key, read);
    OPENSSL_free(again);
    EVP_PKEY_free(read);
    return done;
}

bool p384_model_signature(uint8_t signature[96], const uint8_t *der, size_t size)
{
    const uint8_t *next = der;
    uint8_t *again = NULL;
    ECDSA_SIG *read = d2i_ECDSA_SIG(NULL, &next, (long)size);
    int again_size = read == NULL ? -1 : i2d_ECDSA_SIG(read, &again);
    bool done = is_same(again, again_size, der, size) && !BN_is_negative(ECDSA_SIG_get0_r(read)) &&
                !BN_is_negative(ECDSA_SIG_get0_s(read)) &&
                BN_bn2binpad(ECDSA_SIG_get0_r(read), signature, NUMBER) == NUMBER &&
                BN_bn2binpad(ECDSA_SIG_get0_s(read), signature + NUMBER, NUMBER) == NUMBER;
    OPENSSL_free(again);
    ECDSA_SIG_free(read);
    return done;
}

static EVP_PKEY *make_key(const uint8_t key[96])
{
    uint8_t der[24 + 96] = {0x30, 0x76, 0x30, 0x10, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02,
                            0x01, 0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x22, 0x03, 0x62, 0x00, 0x04};
    const uint8_t *next = der;
    memcpy(der + 24, key, 96);
    return d2i_PUBKEY(NULL, &next, sizeof der);
}

bool p384_model_is_point(const uint8_t key[96])
{
    EVP_PKEY *made = make_key(key);
    EVP_PKEY_free(made);
    return made != NULL;
}

bool p384_model_verify(const uint8_t key[96], const uint8_t signature[96], const void *bytes,
                       size_t size)
{
    EVP_PKEY *made = make_key(key);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    ECDSA_SIG *pair = ECDSA_SIG_new();
    uint8_t *der = NULL;
    REQUIRE(context != NULL && pair != NULL);
    REQUIRE(ECDSA_SIG_set0(pair, BN_bin2bn(signature, NUMBER, NULL),
                           BN_bin2bn(signature + NUMBER, NUMBER, NULL)) == 1);
    int der_size = i2d_ECDSA_SIG(pair, &der);
    REQUIRE(der_size > 0);
    bool verified = made != NULL &&
                    EVP_DigestVerifyInit(context, NULL, EVP_sha384(), NULL, made) == 1 &&
                    EVP_DigestVerify(context, der, (size_t)der_size, bytes, size) == 1;
    OPENSSL_free(der);
    ECDSA_SIG_free(pair);
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(made);
    return verified;
}
