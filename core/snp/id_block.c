/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sevlaunch/snp/id_block.h"

#include <string.h>

#include "base/bytes.h"
#include "crypto/ecdsa_p384.h"
#include "x509/der.h"
#include "x509/p384_key.h"

_Static_assert(sizeof(struct sevl_ecdsa_p384) <= sizeof(struct sevl_snp_id_memory),
               "a verification has room");
_Static_assert(_Alignof(struct sevl_ecdsa_p384) <= _Alignof(struct sevl_snp_id_memory),
               "and is aligned");

/* Numbers are least significant byte first, in fields of 72 bytes. */
#define NUMBER_SIZE 48
#define FIELD_SIZE 72

/* ID_BLOCK. */
#define FAMILY_ID 0x30
#define IMAGE_ID 0x40
#define BLOCK_VERSION 0x50
#define GUEST_SVN 0x54
#define POLICY 0x58

/* ID_AUTH_INFO: the algorithms of both keys, then for each a signature and a key. */
#define ID_ALGORITHM 0x000
#define AUTHOR_ALGORITHM 0x004
#define ID_SIGNATURE 0x040
#define ID_KEY 0x240
#define AUTHOR_SIGNATURE 0x680
#define AUTHOR_KEY 0x880
#define ECDSA_P384_SHA384 1

/* A public key: its curve, then x and y. */
#define CURVE_P384 2
#define KEY_X 4

static void put_reversed(uint8_t *field, const uint8_t *number)
{
    for (size_t i = 0; i < NUMBER_SIZE; i++)
        field[i] = number[NUMBER_SIZE - 1 - i];
}

/* Two numbers, in fields one after the other. */
static void put_pair(uint8_t *fields, const uint8_t *pair)
{
    put_reversed(fields, pair);
    put_reversed(fields + FIELD_SIZE, pair + NUMBER_SIZE);
}

void sevl_snp_id_block_write(const struct sevl_snp_id_block *block,
                             uint8_t bytes[SEVL_SNP_ID_BLOCK_SIZE])
{
    memcpy(bytes, block->launch_digest, sizeof block->launch_digest);
    memcpy(bytes + FAMILY_ID, block->family_id, sizeof block->family_id);
    memcpy(bytes + IMAGE_ID, block->image_id, sizeof block->image_id);
    sevl_put32(bytes + BLOCK_VERSION, 1);
    sevl_put32(bytes + GUEST_SVN, block->guest_svn);
    sevl_put32(bytes + POLICY, (uint32_t)block->policy);
    sevl_put32(bytes + POLICY + 4, (uint32_t)(block->policy >> 32));
}

void sevl_snp_id_key_write(const uint8_t key[SEVL_P384_KEY_SIZE],
                           uint8_t bytes[SEVL_SNP_ID_KEY_SIZE])
{
    memset(bytes, 0, SEVL_SNP_ID_KEY_SIZE);
    sevl_put32(bytes, CURVE_P384);
    put_pair(bytes + KEY_X, key);
}

static enum sevl_result hash_bytes(const void *bytes, size_t size, uint8_t digest[SEVL_SHA384_SIZE])
{
    struct sevl_sha384 sha384;
    enum sevl_result result = sevl_sha384_init(&sha384);
    if (result == SEVL_OK)
        result = sevl_sha384_update(&sha384, bytes, size);
    if (result == SEVL_OK)
        return sevl_sha384_finish(&sha384, digest);
    memset(digest, 0, SEVL_SHA384_SIZE);
    return result;
}

enum sevl_result sevl_snp_id_key_digest(const uint8_t key[SEVL_P384_KEY_SIZE],
                                        uint8_t digest[SEVL_SHA384_SIZE])
{
    uint8_t bytes[SEVL_SNP_ID_KEY_SIZE];
    sevl_snp_id_key_write(key, bytes);
    return hash_bytes(bytes, sizeof bytes, digest);
}

enum sevl_result sevl_snp_id_key_read(uint8_t key[SEVL_P384_KEY_SIZE], const void *der, size_t size)
{
    struct sevl_der from = {der, size};
    struct sevl_der point;
    if (sevl_p384_key_take(&from, &point) && from.size == 0) {
        memcpy(key, point.bytes, SEVL_P384_KEY_SIZE);
        return SEVL_OK;
    }
    memset(key, 0, SEVL_P384_KEY_SIZE);
    return SEVL_ERROR_ENCODING;
}

/* An INTEGER in the shortest form, not negative, of at most NUMBER_SIZE bytes. */
static bool take_long_number(struct sevl_der *from, uint8_t number[NUMBER_SIZE])
{
    struct sevl_der integer;
    if (!sevl_der_take(from, SEVL_DER_INTEGER, &integer) || integer.size == 0 ||
        integer.bytes[0] >= 0x80)
        return false;
    if (integer.size > 1 && integer.bytes[0] == 0) {
        integer.bytes++;
        integer.size--;
        if (integer.bytes[0] < 0x80)
            return false;
    }
    if (integer.size > NUMBER_SIZE)
        return false;
    memcpy(number + NUMBER_SIZE - integer.size, integer.bytes, integer.size);
    return true;
}

static bool read_der_signature(uint8_t signature[SEVL_P384_SIGNATURE_SIZE], struct sevl_der from)
{
    struct sevl_der pair;
    return sevl_der_take(&from, SEVL_DER_SEQUENCE, &pair) && from.size == 0 &&
           take_long_number(&pair, signature) && take_long_number(&pair, signature + NUMBER_SIZE) &&
           pair.size == 0;
}

/* DER that fills 96 bytes is possible, too: no signature in DER is taken for raw bytes. */
enum sevl_result sevl_snp_id_signature_read(uint8_t signature[SEVL_P384_SIGNATURE_SIZE],
                                            const void *bytes, size_t size)
{
    const struct sevl_der from = {bytes, size};
    memset(signature, 0, SEVL_P384_SIGNATURE_SIZE);
    if (read_der_signature(signature, from))
        return SEVL_OK;
    memset(signature, 0, SEVL_P384_SIGNATURE_SIZE);
    if (size != SEVL_P384_SIGNATURE_SIZE)
        return SEVL_ERROR_ENCODING;
    memcpy(signature, bytes, size);
    return SEVL_OK;
}

enum sevl_result sevl_snp_id_signature_verify(const uint8_t signature[SEVL_P384_SIGNATURE_SIZE],
                                              const uint8_t key[SEVL_P384_KEY_SIZE],
                                              const void *bytes, size_t size,
                                              struct sevl_snp_id_memory *memory)
{
    uint8_t digest[SEVL_SHA384_SIZE];
    void *const work = memory->opaque;
    struct sevl_p384_key p384_key;
    struct sevl_p384_signature p384_signature;
    enum sevl_result result = hash_bytes(bytes, size, digest);
    if (result != SEVL_OK)
        return result;
    memcpy(&p384_key, key, sizeof p384_key);
    memcpy(&p384_signature, signature, sizeof p384_signature);
    return sevl_ecdsa_p384_verify(work, &p384_key, digest, &p384_signature);
}

void sevl_snp_id_auth_write(const struct sevl_snp_id_signer *id,
                            const struct sevl_snp_id_signer *author,
                            uint8_t page[SEVL_SNP_ID_AUTH_SIZE])
{
    memset(page, 0, SEVL_SNP_ID_AUTH_SIZE);
    sevl_put32(page + ID_ALGORITHM, ECDSA_P384_SHA384);
    put_pair(page + ID_SIGNATURE, id->signature);
    sevl_snp_id_key_write(id->key, page + ID_KEY);
    if (author == NULL)
        return;
    sevl_put32(page + AUTHOR_ALGORITHM, ECDSA_P384_SHA384);
    put_pair(page + AUTHOR_SIGNATURE, author->signature);
    sevl_snp_id_key_write(author->key, page + AUTHOR_KEY);
}

enum sevl_result sevl_snp_id_block_read(struct sevl_snp_id_block *block,
                                        const uint8_t bytes[SEVL_SNP_ID_BLOCK_SIZE])
{
    memset(block, 0, sizeof *block);
    if (sevl_get32(bytes + BLOCK_VERSION) != 1)
        return SEVL_ERROR_ENCODING;
    memcpy(block->launch_digest, bytes, sizeof block->launch_digest);
    memcpy(block->family_id, bytes + FAMILY_ID, sizeof block->family_id);
    memcpy(block->image_id, bytes + IMAGE_ID, sizeof block->image_id);
    block->guest_svn = sevl_get32(bytes + GUEST_SVN);
    block->policy = sevl_get32(bytes + POLICY) | (uint64_t)sevl_get32(bytes + POLICY + 4) << 32;
    return SEVL_OK;
}

static bool are_zeros(const uint8_t *bytes, size_t size)
{
    uint8_t any = 0;
    for (size_t i = 0; i < size; i++)
        any |= bytes[i];
    return any == 0;
}

/* Two numbers, then zeros up to the end of `size` bytes. */
static bool read_pair(const uint8_t *fields, size_t size, uint8_t *pair)
{
    const size_t used = (size_t)2 * FIELD_SIZE;
    put_reversed(pair, fields);
    put_reversed(pair + NUMBER_SIZE, fields + FIELD_SIZE);
    return are_zeros(fields + NUMBER_SIZE, FIELD_SIZE - NUMBER_SIZE) &&
           are_zeros(fields + FIELD_SIZE + NUMBER_SIZE, FIELD_SIZE - NUMBER_SIZE) &&
           are_zeros(fields + used, size - used);
}

/* A signature and a key, each in all bytes up to the next: `key_size` of the key. */
static bool read_signer(const uint8_t *signature, const uint8_t *key, size_t key_size,
                        struct sevl_snp_id_signer *signer)
{
    return read_pair(signature, ID_KEY - ID_SIGNATURE, signer->signature) &&
           sevl_get32(key) == CURVE_P384 && read_pair(key + KEY_X, key_size - KEY_X, signer->key);
}

/* Without an author, some tools name an algorithm all the same. */
static bool read_author(const uint8_t *page, struct sevl_snp_id_signer *author, bool *has_author)
{
    uint32_t algorithm = sevl_get32(page + AUTHOR_ALGORITHM);
    *has_author = !are_zeros(page + AUTHOR_SIGNATURE, SEVL_SNP_ID_AUTH_SIZE - AUTHOR_SIGNATURE);
    if (!*has_author)
        return algorithm == 0 || algorithm == ECDSA_P384_SHA384;
    return algorithm == ECDSA_P384_SHA384 &&
           read_signer(page + AUTHOR_SIGNATURE, page + AUTHOR_KEY,
                       SEVL_SNP_ID_AUTH_SIZE - AUTHOR_KEY, author);
}

static bool read_id_auth(const uint8_t *page, struct sevl_snp_id_signer *id,
                         struct sevl_snp_id_signer *author, bool *has_author)
{
    if (sevl_get32(page + ID_ALGORITHM) != ECDSA_P384_SHA384 ||
        !are_zeros(page + AUTHOR_ALGORITHM + 4, ID_SIGNATURE - AUTHOR_ALGORITHM - 4))
        return false;
    return read_signer(page + ID_SIGNATURE, page + ID_KEY, AUTHOR_SIGNATURE - ID_KEY, id) &&
           read_author(page, author, has_author);
}

enum sevl_result sevl_snp_id_auth_read(struct sevl_snp_id_signer *id,
                                       struct sevl_snp_id_signer *author, bool *has_author,
                                       const uint8_t page[SEVL_SNP_ID_AUTH_SIZE])
{
    memset(id, 0, sizeof *id);
    memset(author, 0, sizeof *author);
    *has_author = false;
    if (read_id_auth(page, id, author, has_author))
        return SEVL_OK;
    memset(id, 0, sizeof *id);
    memset(author, 0, sizeof *author);
    *has_author = false;
    return SEVL_ERROR_ENCODING;
}
