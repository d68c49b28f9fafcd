/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Writes a packet for each line of the input: its header, the size of its data in four
 * bytes, little-endian, and its data:
 *   PADDING CAPACITY TEK TIK MEASURE IV COUNT, then COUNT times GUID SIZE SECRET
 * PADDING: 0 libvirt's, 1 minimal. Bytes are in hexadecimal digits.
 */
#include <sevlaunch/sev/secret.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/bytes.h"

static const enum sevl_secret_padding paddings[] = {SEVL_SECRET_PADDING_LIBVIRT,
                                                    SEVL_SECRET_PADDING_MINIMAL};

struct request {
    unsigned padding;
    size_t capacity;
    uint8_t tek[SEVL_TEK_SIZE];
    uint8_t tik[SEVL_TIK_SIZE];
    uint8_t measure[SEVL_MEASURE_SIZE];
    uint8_t iv[SEVL_SECRET_IV_SIZE];
    unsigned count;
};

static bool read_bytes(uint8_t *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (scanf("%2hhx", &bytes[i]) != 1)
            return false;
    return true;
}

static bool read_request(struct request *request)
{
    return scanf("%u%zu", &request->padding, &request->capacity) == 2 && request->padding < 2 &&
           read_bytes(request->tek, sizeof request->tek) &&
           read_bytes(request->tik, sizeof request->tik) &&
           read_bytes(request->measure, sizeof request->measure) &&
           read_bytes(request->iv, sizeof request->iv) && scanf("%u", &request->count) == 1;
}

static bool add_secret(struct sevl_secret_table *table, uint8_t *buffer)
{
    static uint8_t secret[SEVL_SECRET_MAX];
    char text[SEVL_GUID_TEXT_LENGTH + 1];
    struct sevl_guid guid;
    size_t size;
    return scanf("%36s%zu", text, &size) == 2 && size <= sizeof secret &&
           read_bytes(secret, size) && sevl_guid_from_text(&guid, text, strlen(text)) == SEVL_OK &&
           sevl_secret_add(table, buffer, &guid, secret, size) == SEVL_OK;
}

static bool put_packet(const uint8_t *header, const uint8_t *data, size_t size)
{
    uint8_t le[4];
    sevl_put32(le, (uint32_t)size);
    return fwrite(header, SEVL_SECRET_HEADER_SIZE, 1, stdout) == 1 &&
           fwrite(le, sizeof le, 1, stdout) == 1 && fwrite(data, size, 1, stdout) == 1;
}

static bool answer(const struct request *request)
{
    static uint8_t buffer[SEVL_SECRET_MAX];
    uint8_t header[SEVL_SECRET_HEADER_SIZE];
    struct sevl_secret_table table;
    size_t size;
    if (request->capacity > sizeof buffer ||
        sevl_secret_begin(&table, buffer, request->capacity, paddings[request->padding]) != SEVL_OK)
        return false;
    for (unsigned i = 0; i < request->count; i++)
        if (!add_secret(&table, buffer))
            return false;
    const struct sevl_secret_seal seal = {SEVL_MATCH, request->tek, request->tik, request->measure,
                                          request->iv};
    return sevl_secret_seal(&table, buffer, &seal, header, &size) == SEVL_OK &&
           put_packet(header, buffer, size);
}

int main(void)
{
    struct request request;
    while (read_request(&request))
        if (!answer(&request))
            return 1;
    return feof(stdin) ? 0 : 1;
}
