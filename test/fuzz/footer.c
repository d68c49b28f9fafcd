/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* In whatever pieces an image comes, its table is read as the model reads it from the whole. */
#include <sevlaunch/guest/ovmf.h>

#include "fuzz.h"
#include "model.h"

static void check_same_footer(const struct sevl_ovmf_footer *footer,
                              const struct model_footer *wanted)
{
    REQUIRE(footer->reset_address == wanted->reset);
    REQUIRE(footer->hash_table.base == wanted->hash_base);
    REQUIRE(footer->hash_table.size == wanted->hash_size);
    REQUIRE(footer->secret.base == wanted->secret_base);
    REQUIRE(footer->secret.size == wanted->secret_size);
}

static void check_footer(const struct sevl_ovmf_tail *tail, const struct input *image)
{
    static const enum sevl_result results[] = {
        [MODEL_TABLE] = SEVL_OK,
        [MODEL_NO_TABLE] = SEVL_ERROR_ABSENT,
        [MODEL_MALFORMED] = SEVL_ERROR_ENCODING,
    };
    struct sevl_ovmf_footer footer;
    struct model_footer wanted;
    enum model_found found = model_footer(&wanted, image->next, image->left);
    REQUIRE(sevl_ovmf_footer_read(&footer, tail) == results[found]);
    check_same_footer(&footer, &wanted);
}

/* The first bytes of an input say how the rest is split; the last of them is repeated. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input input = {data, size};
    uint16_t splits[4];
    for (size_t i = 0; i < 4; i++)
        splits[i] = take16(&input);
    const struct input image = input;
    struct sevl_ovmf_tail tail;
    uint8_t *end = malloc(SEVL_OVMF_TAIL_SIZE);
    REQUIRE(end != NULL);
    sevl_ovmf_tail_init(&tail, end, SEVL_OVMF_TAIL_SIZE);
    for (size_t i = 0; input.left > 0; i += i < 3) {
        size_t piece = 1 + splits[i] % 2048;
        uint8_t *bytes = malloc(piece);
        REQUIRE(bytes != NULL);
        sevl_ovmf_tail_update(&tail, bytes, take(&input, bytes, piece));
        free(bytes);
    }
    check_footer(&tail, &image);
    free(end);
    return 0;
}
