/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * A packet opens to the secrets that were added. Without the verdict, neither a packet nor
 * a secret is left.
 */
#include <sevlaunch/sev/secret.h>

#include "fuzz.h"
#include "model.h"

#define SECRETS_MAX 8

/* GUIDs, some of them equal. */
static const char *const guids[] = {
    "736869e5-84f0-4973-92ec-06879ce3da0b", "00112233-4455-6677-8899-aabbccddeeff",
    "1e74f542-71dd-4d66-963e-ef4287ff173b", "00112233-4455-6677-8899-aabbccddeefe",
    "00112233-4455-6677-8899-aabbccddeeff",
};

struct packet {
    struct sevl_secret_table table;
    uint8_t *buffer;
    size_t capacity;
    struct model_secret secrets[SECRETS_MAX];
    size_t count;
    size_t used;
    bool is_minimal;
};

static bool is_known(const struct packet *packet, const char *guid)
{
    for (size_t i = 0; i < packet->count; i++)
        if (strcmp(packet->secrets[i].guid, guid) == 0)
            return true;
    return false;
}

static void add(struct packet *packet, struct input *input)
{
    const char *text = guids[take8(input) % (sizeof guids / sizeof *guids)];
    size_t size = take8(input);
    size = size < input->left ? size : input->left;
    struct model_secret secret = {text, input->next, size};
    struct sevl_guid guid;
    enum sevl_result wanted = SEVL_OK;
    size_t used = packet->used + 20 + size;
    if (is_known(packet, text))
        wanted = SEVL_ERROR_DUPLICATE;
    else if ((used + (packet->is_minimal ? 15 : 16)) / 16 * 16 > packet->capacity)
        wanted = SEVL_ERROR_LENGTH;
    uint8_t *bytes = copy(input->next, size);
    REQUIRE(sevl_guid_from_text(&guid, text, 36) == SEVL_OK);
    REQUIRE(sevl_secret_add(&packet->table, packet->buffer, &guid, bytes, size) == wanted);
    free(bytes);
    input->next += size;
    input->left -= size;
    if (wanted != SEVL_OK)
        return;
    packet->secrets[packet->count++] = secret;
    packet->used = used;
}

static void check_opened(const struct packet *packet, size_t size)
{
    uint8_t *table = malloc(packet->used + 16);
    REQUIRE(table != NULL);
    size_t wanted = model_table(table, packet->secrets, packet->count, packet->is_minimal);
    REQUIRE(size == wanted);
    REQUIRE(memcmp(packet->buffer, table, size) == 0);
    free(table);
}

struct keys {
    uint8_t tek[16];
    uint8_t tik[16];
    uint8_t measure[32];
    uint8_t iv[16];
};

static void seal(struct packet *packet, const struct keys *keys, uint8_t kind)
{
    static const enum sevl_result verdicts[] = {SEVL_MATCH, SEVL_MISMATCH, SEVL_OK, SEVL_MATCH};
    enum sevl_result verdict = verdicts[kind % 4];
    uint8_t header[SEVL_SECRET_HEADER_SIZE];
    size_t size;
    const struct sevl_secret_seal seal = {.verdict = verdict,
                                          .tek = keys->tek,
                                          .tik = keys->tik,
                                          .measure = keys->measure,
                                          .iv = keys->iv};
    enum sevl_result result =
        sevl_secret_seal(&packet->table, packet->buffer, &seal, header, &size);
    REQUIRE(result == (verdict == SEVL_MATCH ? SEVL_OK : SEVL_ERROR_STATE));
    if (result == SEVL_OK) {
        REQUIRE(memcmp(header + 4, keys->iv, sizeof keys->iv) == 0);
        REQUIRE(model_open(header, packet->buffer, size, keys->tek, keys->tik, keys->measure));
        check_opened(packet, size);
    } else {
        REQUIRE(size == 0 && is_zero(header, sizeof header));
        REQUIRE(is_zero(packet->buffer, packet->capacity));
    }
    REQUIRE(is_zero(&packet->table, sizeof packet->table));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input input = {data, size};
    struct packet packet = {.capacity = take16(&input), .used = 20};
    struct keys keys = {{0}, {0}, {0}, {0}};
    uint8_t kind = take8(&input);
    (void)take(&input, &keys, sizeof keys);
    packet.buffer = calloc(1, packet.capacity + 1);
    REQUIRE(packet.buffer != NULL);
    packet.is_minimal = kind >= 128;
    enum sevl_result begun = sevl_secret_begin(&packet.table, packet.buffer, packet.capacity,
                                               packet.is_minimal ? SEVL_SECRET_PADDING_MINIMAL
                                                                 : SEVL_SECRET_PADDING_LIBVIRT);
    REQUIRE(begun == (packet.capacity < 32 ? SEVL_ERROR_LENGTH : SEVL_OK));
    if (packet.capacity > SEVL_SECRET_MAX)
        packet.capacity = SEVL_SECRET_MAX;
    while (begun == SEVL_OK && input.left > 0 && packet.count < SECRETS_MAX)
        add(&packet, &input);
    if (begun == SEVL_OK)
        seal(&packet, &keys, kind);
    free(packet.buffer);
    return 0;
}
