/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The SEV metadata is that which the model reads from the whole image, or lies before the tail. */
#include <sevlaunch/guest/sev_metadata.h>

#include "fuzz.h"
#include "model.h"

static void check_same_sections(const struct sevl_sev_metadata *metadata,
                                const struct model_metadata *wanted)
{
    REQUIRE(metadata->count == wanted->count);
    for (uint32_t i = 0; i < metadata->count; i++) {
        struct sevl_sev_section section = sevl_sev_metadata_section(metadata, i);
        const uint8_t *bytes = wanted->sections + (size_t)12 * i;
        const uint32_t numbers[] = {section.base, section.size, section.type};
        for (size_t n = 0; n < 12; n++)
            REQUIRE(bytes[n] == (numbers[n / 4] >> n % 4 * 8 & 0xff));
    }
}

/* The whole image is in the tail. */
static void check_all(const struct sevl_ovmf_tail *tail)
{
    static const enum sevl_result results[] = {
        [MODEL_TABLE] = SEVL_OK,
        [MODEL_NO_TABLE] = SEVL_ERROR_ABSENT,
        [MODEL_MALFORMED] = SEVL_ERROR_ENCODING,
    };
    struct sevl_sev_metadata metadata;
    struct model_metadata wanted;
    enum model_found found = model_metadata(&wanted, tail->bytes, tail->size);
    REQUIRE(sevl_sev_metadata_read(&metadata, tail) == results[found]);
    check_same_sections(&metadata, &wanted);
}

/* Less of it is read as all of it, or told to be too little, or is malformed. */
static void check_part(const struct sevl_ovmf_tail *tail, const struct input *image)
{
    struct sevl_sev_metadata metadata;
    struct model_metadata wanted;
    enum model_found found = model_metadata(&wanted, image->next, image->left);
    enum sevl_result result = sevl_sev_metadata_read(&metadata, tail);
    if (result == SEVL_OK) {
        REQUIRE(found == MODEL_TABLE && metadata.distance <= tail->size);
        check_same_sections(&metadata, &wanted);
    }
    if (result == SEVL_ERROR_LENGTH)
        REQUIRE(metadata.distance > tail->size && metadata.count == 0);
}

static void check(const struct input *image, size_t capacity)
{
    struct sevl_ovmf_tail tail;
    uint8_t *end = malloc(capacity);
    REQUIRE(end != NULL);
    sevl_ovmf_tail_init(&tail, end, capacity);
    sevl_ovmf_tail_update(&tail, image->next, image->left);
    if (capacity > image->left)
        check_all(&tail);
    else
        check_part(&tail, image);
    free(end);
}

/* The first bytes of an input say how much of the rest the tail keeps. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input input = {data, size};
    size_t capacity = 1 + take16(&input) % 4096;
    check(&input, capacity);
    check(&input, input.left + 1);
    return 0;
}
