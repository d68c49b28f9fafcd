/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sevlaunch/sev/secret.h"

#include <string.h>

#include "base/assert.h"
#include "base/bytes.h"
#include "base/guid_bytes.h"
#include "crypto/aes_ctr.h"
#include "crypto/hmac.h"
#include "secret_valid.h"
#include "sevlaunch/wipe.h"

/* Of the table and of each entry: GUID and length, which counts both. */
#define SECRET_HEADER_SIZE (SEVL_GUID_SIZE + 4)
#define BLOCK 16

/* Domain separator of LAUNCH_SECRET; LAUNCH_MEASURE's is 0x04. */
#define SECRET_TAG 0x01
#define FLAGS 0

static const struct sevl_guid secret_table_guid =
    SEVL_GUID(0x1e74f542, 0x71dd, 0x4d66, 0x96, 0x3e, 0xef, 0x42, 0x87, 0xff, 0x17, 0x3b);

static void put_secret_header(uint8_t *bytes, const struct sevl_guid *guid, uint32_t length)
{
    memcpy(bytes, guid->bytes, SEVL_GUID_SIZE);
    sevl_put32(bytes + SEVL_GUID_SIZE, length);
}

/* What a table of `size` bytes takes with its padding. */
static size_t padded_size(const struct sevl_secret_table *table, size_t size)
{
    if (table->padding == SEVL_SECRET_PADDING_MINIMAL && size % BLOCK == 0)
        return size;
    return size - size % BLOCK + BLOCK;
}

enum sevl_result sevl_secret_begin(struct sevl_secret_table *table, uint8_t *buffer,
                                   size_t capacity, enum sevl_secret_padding padding)
{
    memset(table, 0, sizeof *table);
    if (capacity < padded_size(table, SECRET_HEADER_SIZE))
        return SEVL_ERROR_LENGTH;
    table->padding = padding;
    table->capacity = capacity < SEVL_SECRET_MAX ? (uint32_t)capacity : SEVL_SECRET_MAX;
    table->size = SECRET_HEADER_SIZE;
    put_secret_header(buffer, &secret_table_guid, SECRET_HEADER_SIZE);
    SEVL_ASSERT(sevl_secret_table_is_valid(table, buffer));
    return SEVL_OK;
}

static bool has_secret(const struct sevl_secret_table *table, const uint8_t *buffer,
                       const struct sevl_guid *guid)
{
    uint32_t at = SECRET_HEADER_SIZE;
    while (at < table->size) {
        if (sevl_guid_equal(guid, buffer + at))
            return true;
        at += sevl_get32(buffer + at + SEVL_GUID_SIZE);
    }
    return false;
}

enum sevl_result sevl_secret_add(struct sevl_secret_table *table, uint8_t *buffer,
                                 const struct sevl_guid *guid, const void *secret, size_t size)
{
    SEVL_ASSERT(sevl_secret_table_is_valid(table, buffer));
    if (has_secret(table, buffer, guid))
        return SEVL_ERROR_DUPLICATE;
    if (size > table->capacity ||
        padded_size(table, table->size + SECRET_HEADER_SIZE + size) > table->capacity)
        return SEVL_ERROR_LENGTH;
    put_secret_header(buffer + table->size, guid, (uint32_t)(SECRET_HEADER_SIZE + size));
    if (size > 0)
        memcpy(buffer + table->size + SECRET_HEADER_SIZE, secret, size);
    table->size += (uint32_t)(SECRET_HEADER_SIZE + size);
    put_secret_header(buffer, &secret_table_guid, table->size);
    SEVL_ASSERT(sevl_secret_table_is_valid(table, buffer));
    return SEVL_OK;
}

static uint32_t pad_table(const struct sevl_secret_table *table, uint8_t *buffer)
{
    size_t padded = padded_size(table, table->size);
    memset(buffer + table->size, 0, padded - table->size);
    return (uint32_t)padded;
}

/* What precedes the data in the authenticated message; FLAGS and IV begin the header too. */
static enum sevl_result start_message(struct sevl_sha256 *sha256,
                                      const struct sevl_secret_seal *seal, uint32_t size)
{
    uint8_t start[1 + 4 + SEVL_SECRET_IV_SIZE + 4 + 4];
    start[0] = SECRET_TAG;
    sevl_put32(start + 1, FLAGS);
    memcpy(start + 5, seal->iv, SEVL_SECRET_IV_SIZE);
    sevl_put32(start + 5 + SEVL_SECRET_IV_SIZE, size); /* GUEST_LENGTH */
    sevl_put32(start + 9 + SEVL_SECRET_IV_SIZE, size); /* TRANS_LENGTH */
    enum sevl_result result = sevl_hmac_start(sha256, seal->tik);
    return result == SEVL_OK ? sevl_sha256_update(sha256, start, sizeof start) : result;
}

static enum sevl_result authenticate(const struct sevl_secret_seal *seal, const uint8_t *data,
                                     uint32_t size, uint8_t mac[SEVL_SHA256_SIZE])
{
    struct sevl_sha256 sha256;
    enum sevl_result result = start_message(&sha256, seal, size);
    if (result == SEVL_OK)
        result = sevl_sha256_update(&sha256, data, size);
    if (result == SEVL_OK)
        result = sevl_sha256_update(&sha256, seal->measure, SEVL_MEASURE_SIZE);
    if (result == SEVL_OK)
        result = sevl_hmac_finish(&sha256, seal->tik, mac);
    return result;
}

static enum sevl_result encrypt_and_authenticate(uint8_t *buffer, uint32_t padded,
                                                 const struct sevl_secret_seal *seal,
                                                 uint8_t header[SEVL_SECRET_HEADER_SIZE])
{
    enum sevl_result result = sevl_aes128_ctr(seal->tek, seal->iv, buffer, padded);
    if (result == SEVL_OK)
        result = authenticate(seal, buffer, padded, header + 4 + SEVL_SECRET_IV_SIZE);
    sevl_put32(header, FLAGS);
    memcpy(header + 4, seal->iv, SEVL_SECRET_IV_SIZE);
    return result;
}

enum sevl_result sevl_secret_seal(struct sevl_secret_table *table, uint8_t *buffer,
                                  const struct sevl_secret_seal *seal,
                                  uint8_t header[SEVL_SECRET_HEADER_SIZE], size_t *size)
{
    enum sevl_result result = SEVL_ERROR_STATE;
    SEVL_ASSERT(sevl_secret_table_is_valid(table, buffer));
    if (seal->verdict == SEVL_MATCH && table->size >= SECRET_HEADER_SIZE) {
        *size = pad_table(table, buffer);
        result = encrypt_and_authenticate(buffer, (uint32_t)*size, seal, header);
    }
    if (result != SEVL_OK) {
        sevl_wipe(buffer, table->capacity);
        sevl_wipe(header, SEVL_SECRET_HEADER_SIZE);
        *size = 0;
    }
    memset(table, 0, sizeof *table);
    return result;
}
