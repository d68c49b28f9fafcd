/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sevlaunch/snp/firmware_info.h"

#include <string.h>

#include "base/assert.h"
#include "base/bytes.h"
#include "base/json_reader.h"
#include "guest/sev_sections.h"

/* The longest name of a member, with its NUL. */
#define NAME_SIZE 14

/* The members, by their places. */
enum {
    INFO_TYPE,
    INFO_SCHEMA,
    INFO_SIZE,
    INFO_SHA256,
    INFO_LAUNCH_DIGEST,
    INFO_RESET_ADDRESS,
    INFO_HASH_TABLE,
    INFO_SECRET,
    INFO_SECTIONS,
    INFO_MEMBERS
};
static const char info_names[INFO_MEMBERS][NAME_SIZE] = {"type",          "schema",
                                                         "size",          "sha256",
                                                         "launch-digest", "reset-address",
                                                         "hash-table",    "secret",
                                                         "sections"};

/* The members of sections, of which areas have the first ones. */
#define AREA_NUMBERS 2
#define SECTION_NUMBERS 3
static const char number_names[SECTION_NUMBERS][NAME_SIZE] = {"base", "size", "type"};

/* A text that is read. */
struct firmware_info_reader {
    struct sevl_json json;
    const char *text;
    const char *name; /* of the member whose value is read */
    struct sevl_snp_firmware_info *info;
    struct sevl_snp_firmware_info_problem *problem;
    uint8_t *sections;
    size_t capacity;
};

/* The members of an object. */
struct members {
    const char (*names)[NAME_SIZE];
    uint32_t count;
    uint32_t seen; /* as bits */
};

static bool refuse_at(struct firmware_info_reader *reader, enum sevl_snp_firmware_info_fault fault,
                      const char *name, const char *place)
{
    *reader->problem =
        (struct sevl_snp_firmware_info_problem){.fault = fault,
                                                .line = sevl_line_of(reader->text, place),
                                                .name = name};
    return false;
}

/* A value ends where the reader stands. */
static bool refuse_value(struct firmware_info_reader *reader,
                         enum sevl_snp_firmware_info_fault fault)
{
    return refuse_at(reader, fault, reader->name, reader->json.rest.start);
}

/* What is not JSON was refused as such. */
static bool refuse_token(struct firmware_info_reader *reader, enum sevl_json_token token,
                         enum sevl_snp_firmware_info_fault fault)
{
    if (token != SEVL_JSON_WRONG)
        (void)refuse_value(reader, fault);
    return false;
}

static bool refuse_unknown(struct firmware_info_reader *reader, struct sevl_text name)
{
    (void)refuse_at(reader, SEVL_FIRMWARE_INFO_UNKNOWN, NULL, name.start);
    reader->problem->offset = (size_t)(name.start - reader->text);
    reader->problem->length = name.length;
    return false;
}

static enum sevl_json_token next_info_token(struct firmware_info_reader *reader,
                                            struct sevl_text *text)
{
    enum sevl_json_token token = sevl_json_next(&reader->json, text);
    if (token == SEVL_JSON_WRONG)
        (void)refuse_at(reader, SEVL_FIRMWARE_INFO_NOT_JSON, NULL, text->start);
    return token;
}

static bool find_member(struct firmware_info_reader *reader, struct members *members,
                        struct sevl_text name, uint32_t *at)
{
    for (uint32_t i = 0; i < members->count; i++) {
        if (!sevl_json_equal(name, members->names[i]))
            continue;
        if ((members->seen >> i & 1) != 0)
            return refuse_at(reader, SEVL_FIRMWARE_INFO_TWICE, members->names[i], name.start);
        members->seen |= UINT32_C(1) << i;
        reader->name = members->names[i];
        *at = i;
        return true;
    }
    return refuse_unknown(reader, name);
}

static void check_members(struct firmware_info_reader *reader, const struct members *members)
{
    for (uint32_t i = members->count; i-- > 0;)
        if ((members->seen >> i & 1) == 0)
            (void)refuse_at(reader, SEVL_FIRMWARE_INFO_MISSING, members->names[i],
                            reader->json.rest.start);
}

/* Takes the name of the next member; returns false at the end, and where something is wrong. */
static bool take_member(struct firmware_info_reader *reader, struct members *members, uint32_t *at)
{
    struct sevl_text text;
    enum sevl_json_token token = next_info_token(reader, &text);
    if (token == SEVL_JSON_NAME)
        return find_member(reader, members, text, at);
    if (token == SEVL_JSON_CLOSE)
        check_members(reader, members);
    return false;
}

static bool is_all_right(const struct firmware_info_reader *reader)
{
    return reader->problem->fault == SEVL_FIRMWARE_INFO_NO_FAULT;
}

static bool open_info_value(struct firmware_info_reader *reader, char bracket,
                            enum sevl_snp_firmware_info_fault fault)
{
    struct sevl_text text;
    enum sevl_json_token token = next_info_token(reader, &text);
    if (token == SEVL_JSON_OPEN && text.start[0] == bracket)
        return true;
    return refuse_token(reader, token, fault);
}

/* After a string, the reader stands behind a quotation mark that is not of the text. */
static bool take_scalar(struct firmware_info_reader *reader, bool is_string, struct sevl_text *text,
                        enum sevl_snp_firmware_info_fault fault)
{
    enum sevl_json_token token = next_info_token(reader, text);
    if (token == SEVL_JSON_SCALAR &&
        (reader->json.rest.start != text->start + text->length) == is_string)
        return true;
    return refuse_token(reader, token, fault);
}

/* JSON has no number that begins with a zero but 0. */
static bool parse_decimal(struct sevl_text text, uint64_t max, uint64_t *number)
{
    *number = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (text.start[i] < '0' || text.start[i] > '9')
            return false;
        *number = 10 * *number + (uint64_t)(text.start[i] - '0');
        if (*number > max)
            return false;
    }
    return true;
}

static bool take_decimal(struct firmware_info_reader *reader, uint64_t max, uint64_t *number,
                         enum sevl_snp_firmware_info_fault fault)
{
    struct sevl_text text;
    if (!take_scalar(reader, false, &text, fault))
        return false;
    if (parse_decimal(text, max, number))
        return true;
    return refuse_value(reader, fault);
}

static bool take_number32(struct firmware_info_reader *reader, uint32_t *number)
{
    uint64_t value;
    if (!take_decimal(reader, UINT32_MAX, &value, SEVL_FIRMWARE_INFO_NUMBER))
        return false;
    *number = (uint32_t)value;
    return true;
}

static bool take_firmware_size(struct firmware_info_reader *reader)
{
    if (!take_decimal(reader, SEVL_SNP_FIRMWARE_SIZE_MAX, &reader->info->size,
                      SEVL_FIRMWARE_INFO_FIRMWARE_SIZE))
        return false;
    if (sevl_snp_firmware_size_is_valid(reader->info->size))
        return true;
    return refuse_value(reader, SEVL_FIRMWARE_INFO_FIRMWARE_SIZE);
}

/* A digit, or -1 for what is none and at the end. */
static int take_hex_digit(struct sevl_text *text)
{
    int c = text->length > 0 ? sevl_json_character(text) : -1;
    return c < 0 || c > 0x7f ? -1 : sevl_hex_digit((char)c);
}

static bool parse_hex(struct sevl_text text, uint8_t *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        int high = take_hex_digit(&text);
        int low = take_hex_digit(&text);
        if (high < 0 || low < 0)
            return false;
        bytes[i] = (uint8_t)(16 * high + low);
    }
    return text.length == 0;
}

static bool take_hex(struct firmware_info_reader *reader, uint8_t *bytes, size_t size,
                     enum sevl_snp_firmware_info_fault fault)
{
    struct sevl_text text;
    if (!take_scalar(reader, true, &text, fault))
        return false;
    if (parse_hex(text, bytes, size))
        return true;
    return refuse_value(reader, fault);
}

static bool take_type(struct firmware_info_reader *reader)
{
    struct sevl_text text;
    if (!take_scalar(reader, true, &text, SEVL_FIRMWARE_INFO_OTHER_TYPE))
        return false;
    if (sevl_json_equal(text, SEVL_SNP_FIRMWARE_INFO_TYPE))
        return true;
    return refuse_value(reader, SEVL_FIRMWARE_INFO_OTHER_TYPE);
}

static bool take_schema(struct firmware_info_reader *reader)
{
    uint64_t schema;
    if (!take_decimal(reader, UINT32_MAX, &schema, SEVL_FIRMWARE_INFO_OTHER_SCHEMA))
        return false;
    if (schema == SEVL_SNP_FIRMWARE_INFO_SCHEMA)
        return true;
    return refuse_value(reader, SEVL_FIRMWARE_INFO_OTHER_SCHEMA);
}

/* The members of an object that is open, the first `count` of `number_names`. */
static bool take_numbers(struct firmware_info_reader *reader, uint32_t *numbers, uint32_t count)
{
    struct members members = {number_names, count, 0};
    uint32_t at;
    while (take_member(reader, &members, &at))
        if (!take_number32(reader, &numbers[at]))
            return false;
    return is_all_right(reader);
}

static bool take_area(struct firmware_info_reader *reader, struct sevl_ovmf_area *area)
{
    uint32_t numbers[AREA_NUMBERS] = {0};
    if (!open_info_value(reader, '{', SEVL_FIRMWARE_INFO_AREA) ||
        !take_numbers(reader, numbers, AREA_NUMBERS))
        return false;
    *area = (struct sevl_ovmf_area){numbers[0], numbers[1]};
    return true;
}

/* The section is open. */
static bool take_section(struct firmware_info_reader *reader)
{
    struct sevl_sev_metadata *metadata = &reader->info->metadata;
    uint8_t *bytes = reader->sections + (size_t)metadata->count * SEVL_SEV_SECTION_SIZE;
    uint32_t numbers[SECTION_NUMBERS] = {0};
    if (metadata->count == reader->capacity)
        return refuse_value(reader, SEVL_FIRMWARE_INFO_FULL);
    if (!take_numbers(reader, numbers, SECTION_NUMBERS))
        return false;
    for (size_t i = 0; i < SECTION_NUMBERS; i++)
        sevl_put32(bytes + 4 * i, numbers[i]);
    reader->name = info_names[INFO_SECTIONS];
    metadata->count++;
    if (sevl_sev_section_is_right(metadata, metadata->count - 1))
        return true;
    return refuse_value(reader, SEVL_FIRMWARE_INFO_SECTION);
}

static bool take_sections(struct firmware_info_reader *reader)
{
    struct sevl_text text;
    if (!open_info_value(reader, '[', SEVL_FIRMWARE_INFO_SECTIONS))
        return false;
    enum sevl_json_token token = next_info_token(reader, &text);
    while (token == SEVL_JSON_OPEN && text.start[0] == '{') {
        if (!take_section(reader))
            return false;
        token = next_info_token(reader, &text);
    }
    if (token == SEVL_JSON_CLOSE)
        return true;
    return refuse_token(reader, token, SEVL_FIRMWARE_INFO_SECTIONS);
}

static bool take_info_value(struct firmware_info_reader *reader, uint32_t member)
{
    struct sevl_snp_firmware_info *info = reader->info;
    switch (member) {
    case INFO_TYPE:
        return take_type(reader);
    case INFO_SCHEMA:
        return take_schema(reader);
    case INFO_SIZE:
        return take_firmware_size(reader);
    case INFO_SHA256:
        return take_hex(reader, info->sha256, sizeof info->sha256, SEVL_FIRMWARE_INFO_SHA256);
    case INFO_LAUNCH_DIGEST:
        return take_hex(reader, info->launch_digest, sizeof info->launch_digest,
                        SEVL_FIRMWARE_INFO_SHA384);
    case INFO_RESET_ADDRESS:
        return take_number32(reader, &info->footer.reset_address);
    case INFO_HASH_TABLE:
        return take_area(reader, &info->footer.hash_table);
    case INFO_SECRET:
        return take_area(reader, &info->footer.secret);
    default:
        return take_sections(reader);
    }
}

static bool take_end(struct firmware_info_reader *reader)
{
    struct sevl_text rest = reader->json.rest;
    while (rest.length > 0 && sevl_is_blank(rest.start[0])) {
        rest.start++;
        rest.length--;
    }
    if (rest.length == 0)
        return true;
    return refuse_at(reader, SEVL_FIRMWARE_INFO_NOT_JSON, NULL, rest.start);
}

static bool take_info(struct firmware_info_reader *reader)
{
    struct members members = {info_names, INFO_MEMBERS, 0};
    uint32_t at;
    if (!open_info_value(reader, '{', SEVL_FIRMWARE_INFO_OTHER_TYPE))
        return false;
    while (take_member(reader, &members, &at))
        if (!take_info_value(reader, at))
            return false;
    return is_all_right(reader) && take_end(reader);
}

enum sevl_result sevl_snp_firmware_info_read(struct sevl_snp_firmware_info *info,
                                             struct sevl_snp_firmware_info_problem *problem,
                                             uint8_t *sections, size_t capacity, const char *text,
                                             size_t length)
{
    struct firmware_info_reader reader = {.json = sevl_json_begin((struct sevl_text){text, length}),
                                          .text = text,
                                          .info = info,
                                          .problem = problem,
                                          .sections = sections,
                                          .capacity = capacity};
    memset(info, 0, sizeof *info);
    memset(problem, 0, sizeof *problem);
    info->metadata.bytes = sections;
    if (take_info(&reader)) {
        SEVL_ASSERT(sevl_snp_firmware_info_is_valid(info));
        return SEVL_OK;
    }
    memset(info, 0, sizeof *info);
    return problem->fault == SEVL_FIRMWARE_INFO_FULL ? SEVL_ERROR_LENGTH : SEVL_ERROR_ENCODING;
}
