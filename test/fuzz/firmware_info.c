/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * What was read, written again, is read as the same, and its sections are those that an image
 * may have; what is wrong lies in the text.
 */
#include <inttypes.h>
#include <sevlaunch/snp/firmware_info.h>
#include <stdarg.h>

#include "fuzz.h"

#define CAPACITY 4

static uint8_t *memory; /* of its own size, for AddressSanitizer */

struct writer {
    size_t used;
    char text[2000];
};

static void put(struct writer *writer, const char *form, ...)
{
    va_list arguments;
    va_start(arguments, form);
    int length =
        vsnprintf(writer->text + writer->used, sizeof writer->text - writer->used, form, arguments);
    va_end(arguments);
    REQUIRE(length >= 0 && (size_t)length < sizeof writer->text - writer->used);
    writer->used += (size_t)length;
}

static void put_bytes(struct writer *writer, const char *name, const uint8_t *bytes, size_t size)
{
    put(writer, ",\"%s\":\"", name);
    for (size_t i = 0; i < size; i++)
        put(writer, "%02X", bytes[i]);
    put(writer, "\"");
}

static void put_area(struct writer *writer, const char *name, struct sevl_ovmf_area area)
{
    put(writer, ",\"%s\":{\"size\":%" PRIu32 ",\"base\":%" PRIu32 "}", name, area.size, area.base);
}

static void put_all(struct writer *writer, const struct sevl_snp_firmware_info *info)
{
    put(writer, "{\"sections\":[");
    for (uint32_t i = 0; i < info->metadata.count; i++) {
        struct sevl_sev_section section = sevl_sev_metadata_section(&info->metadata, i);
        put(writer, "%s{\"type\":%" PRIu32 ",\"base\":%" PRIu32 ",\"size\":%" PRIu32 "}",
            i > 0 ? "," : "", section.type, section.base, section.size);
    }
    put(writer, "],\"size\":%" PRIu64 ",\"reset-address\":%" PRIu32, info->size,
        info->footer.reset_address);
    put_area(writer, "secret", info->footer.secret);
    put_area(writer, "hash-table", info->footer.hash_table);
    put_bytes(writer, "launch-digest", info->launch_digest, sizeof info->launch_digest);
    put_bytes(writer, "sha256", info->sha256, sizeof info->sha256);
    put(writer, ",\"type\":\"sevlaunch-firmware-info\",\"schema\":1}\n");
}

static void check_again(const struct sevl_snp_firmware_info *info)
{
    struct writer writer = {0};
    struct sevl_snp_firmware_info again;
    struct sevl_snp_firmware_info_problem problem;
    uint8_t sections[CAPACITY * SEVL_SEV_SECTION_SIZE];
    put_all(&writer, info);
    REQUIRE(sevl_snp_firmware_info_read(&again, &problem, sections, CAPACITY, writer.text,
                                        writer.used) == SEVL_OK);
    REQUIRE(is_zero(&problem, sizeof problem));
    REQUIRE(memcmp(sections, memory, info->metadata.count * SEVL_SEV_SECTION_SIZE) == 0);
    REQUIRE(again.size == info->size && again.metadata.count == info->metadata.count);
    REQUIRE(memcmp(again.sha256, info->sha256, sizeof again.sha256) == 0);
    REQUIRE(memcmp(again.launch_digest, info->launch_digest, sizeof again.launch_digest) == 0);
    REQUIRE(memcmp(&again.footer, &info->footer, sizeof again.footer) == 0);
}

static bool are_apart(struct sevl_sev_section a, struct sevl_sev_section b)
{
    return (uint64_t)a.base + a.size <= b.base || (uint64_t)b.base + b.size <= a.base;
}

static void check_sections(const struct sevl_sev_metadata *metadata)
{
    REQUIRE(metadata->bytes == memory && metadata->count <= CAPACITY && metadata->distance == 0);
    for (uint32_t i = 0; i < metadata->count; i++) {
        struct sevl_sev_section section = sevl_sev_metadata_section(metadata, i);
        REQUIRE(section.size > 0 && section.size % 4096 == 0 && section.base % 4096 == 0);
        REQUIRE((uint64_t)section.base + section.size <= UINT64_C(1) << 32);
        for (uint32_t other = 0; other < i; other++)
            REQUIRE(are_apart(section, sevl_sev_metadata_section(metadata, other)));
    }
}

static void check_problem(const struct sevl_snp_firmware_info_problem *problem,
                          enum sevl_result result, const uint8_t *text, size_t size)
{
    size_t lines = 1;
    for (size_t i = 0; i < size; i++)
        lines += text[i] == '\n';
    REQUIRE(problem->fault > SEVL_FIRMWARE_INFO_NO_FAULT &&
            problem->fault <= SEVL_FIRMWARE_INFO_FULL);
    REQUIRE((result == SEVL_ERROR_LENGTH) == (problem->fault == SEVL_FIRMWARE_INFO_FULL));
    REQUIRE(problem->line >= 1 && problem->line <= lines);
    REQUIRE(problem->offset <= size && problem->length <= size - problem->offset);
    if (problem->fault == SEVL_FIRMWARE_INFO_UNKNOWN)
        REQUIRE(problem->name == NULL && text[problem->offset + problem->length] == '"');
    else
        REQUIRE(problem->length == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sevl_snp_firmware_info info;
    struct sevl_snp_firmware_info_problem problem;
    char *text = copy(data, size);
    memory = malloc((size_t)CAPACITY * SEVL_SEV_SECTION_SIZE);
    REQUIRE(memory != NULL);
    enum sevl_result result =
        sevl_snp_firmware_info_read(&info, &problem, memory, CAPACITY, text, size);
    free(text);
    if (result == SEVL_OK) {
        REQUIRE(is_zero(&problem, sizeof problem));
        check_sections(&info.metadata);
        check_again(&info);
    } else {
        REQUIRE(result == SEVL_ERROR_ENCODING || result == SEVL_ERROR_LENGTH);
        REQUIRE(is_zero(&info, sizeof info));
        check_problem(&problem, result, data, size);
    }
    free(memory);
    return 0;
}
