/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sevlaunch/host/launch_info.h"

#include <string.h>

#include "base/assert.h"
#include "base/json_reader.h"
#include "info_entry.h"

/* As much as is shown of text that is not JSON. */
#define SHOWN_MAX 40

static struct info_entry without_name(struct sevl_text value)
{
    return (struct info_entry){.name = {value.start, 0}, .value = value};
}

/* The first one is kept until something else is wrong. */
static void keep_host_error(struct info_reader *reader, struct sevl_text said)
{
    struct info_entry entry = without_name(said);
    if (reader->problem->fault == SEVL_INFO_NO_FAULT)
        sevl_info_set_problem(reader, SEVL_INFO_HOST_ERROR, &entry);
}

static struct sevl_text take_line(struct sevl_text *rest)
{
    struct sevl_text line = {rest->start, 0};
    while (line.length < rest->length && line.start[line.length] != '\n')
        line.length++;
    rest->start += line.length;
    rest->length -= line.length;
    return line;
}

/* Text that is no entry: the beginning of its first line is shown. */
static bool refuse_text(struct info_reader *reader, enum sevl_launch_info_fault fault,
                        struct sevl_text text)
{
    struct sevl_text line = take_line(&text);
    if (line.length > SHOWN_MAX)
        line.length = SHOWN_MAX;
    struct info_entry entry = without_name(line);
    sevl_info_set_problem(reader, fault, &entry);
    return false;
}

static struct sevl_text trim_text(struct sevl_text text)
{
    while (text.length > 0 && sevl_is_blank(text.start[0])) {
        text.start++;
        text.length--;
    }
    while (text.length > 0 && sevl_is_blank(text.start[text.length - 1]))
        text.length--;
    return text;
}

/* virsh: "sev-api-major  : 0", and "error: " before what went wrong. */
static bool read_line(struct info_reader *reader, struct sevl_text line)
{
    size_t colon = 0;
    while (colon < line.length && line.start[colon] != ':')
        colon++;
    if (colon == line.length)
        return true;
    struct info_entry entry = {.name = trim_text((struct sevl_text){line.start, colon}),
                               .value = trim_text((struct sevl_text){line.start + colon + 1,
                                                                     line.length - colon - 1})};
    if (sevl_json_equal(entry.name, "error"))
        keep_host_error(reader, entry.value);
    return sevl_info_set_field(reader, sevl_info_field_of(entry.name, true), &entry);
}

/* Where a JSON object is read, and its last member that may be a value. */
struct member_reader {
    struct sevl_json json;
    struct sevl_text outer; /* name of the member of the outermost object */
    struct info_entry entry;
    bool is_inner;
};

static bool is_in_error(const struct member_reader *member)
{
    return member->is_inner && sevl_json_equal(member->outer, "error");
}

/* Members of the outermost object are in question, and those of its "return" and "error". */
static bool keep_name(struct member_reader *member, struct sevl_text name)
{
    member->is_inner = member->json.depth > 1;
    member->entry.name = name;
    if (!member->is_inner)
        member->outer = name;
    return !member->is_inner ||
           (member->json.depth == 2 &&
            (sevl_json_equal(member->outer, "return") || sevl_json_equal(member->outer, "error")));
}

/* Returns false at the end, where `depth` is 0, and where the value is text that is wrong. */
static bool next_member(struct member_reader *member)
{
    struct sevl_text *text = &member->entry.value;
    enum sevl_json_token token;
    do {
        token = sevl_json_next(&member->json, text);
        if (token == SEVL_JSON_NAME && keep_name(member, *text))
            return sevl_json_next(&member->json, text) != SEVL_JSON_WRONG;
    } while (token != SEVL_JSON_WRONG && member->json.depth > 0);
    return false;
}

/* What an object is must be known before its first value is taken. */
struct object_kind {
    bool is_event;
    bool is_of_sev;
    bool is_disabled;
    bool omits_zeros;
    uint32_t absent; /* a bit for each field that has no value, by its number */
    struct info_entry enabled;
    struct sevl_text error; /* what QEMU says, if it is an error reply */
};

/* The field whose value counts if this is true: libvirt-go has "SEVPolicySet" for "SEVPolicy". */
static enum info_field field_of_flag(struct sevl_text name)
{
    static const size_t length = sizeof "Set" - 1;
    if (name.length < length)
        return FIELD_OTHER;
    name.length -= length;
    if (!sevl_json_equal((struct sevl_text){name.start + name.length, length}, "Set"))
        return FIELD_OTHER;
    return sevl_info_field_of(name, false);
}

static void look_at_false_member(struct object_kind *kind, const struct info_entry *entry)
{
    kind->absent |= (uint32_t)1 << field_of_flag(entry->name);
    if (sevl_info_field_of(entry->name, false) != FIELD_ENABLED)
        return;
    kind->is_disabled = true;
    kind->enabled = *entry;
}

static void look_at_member(struct object_kind *kind, const struct member_reader *member)
{
    const struct info_entry *entry = &member->entry;
    if (!member->is_inner && sevl_json_equal(entry->name, "event"))
        kind->is_event = true;
    if (is_in_error(member) && sevl_json_equal(entry->name, "desc"))
        kind->error = entry->value;
    enum info_field field = sevl_info_field_of(entry->name, false);
    if (field == FIELD_API_MAJOR)
        kind->is_of_sev = true;
    if (field == FIELD_LOADER_SHA) /* KubeVirt's SEVMeasurementInfo, which always has it */
        kind->omits_zeros = true;
    if (sevl_json_equal(entry->value, "false"))
        look_at_false_member(kind, entry);
}

static bool take_values(struct info_reader *reader, uint32_t absent)
{
    struct member_reader member = {.json = sevl_json_begin(reader->rest)};
    while (next_member(&member)) {
        enum info_field field = sevl_info_field_of(member.entry.name, false);
        if (is_in_error(&member) || (absent >> field & 1) != 0)
            continue;
        if (!sevl_info_set_field(reader, field, &member.entry))
            return false;
    }
    return true;
}

/* Values that are absent are 0 already. */
static void take_zeros(struct sevl_launch_info *info)
{
    info->has_api_major = true;
    info->has_api_minor = true;
    info->has_build = true;
    info->has_policy = true;
}

/* The start of what is wrong, or of the object if its end is missing. */
static bool refuse_object(struct info_reader *reader, const struct member_reader *member)
{
    struct sevl_text wrong = member->entry.value;
    enum sevl_launch_info_fault fault = SEVL_INFO_NOT_JSON;
    if (member->json.rest.length == 0) {
        fault = SEVL_INFO_CUT;
        wrong = reader->rest;
    }
    return refuse_text(reader, fault, wrong);
}

static bool read_object(struct info_reader *reader)
{
    struct object_kind kind = {.is_event = false};
    struct member_reader member = {.json = sevl_json_begin(reader->rest)};
    while (next_member(&member))
        look_at_member(&kind, &member);
    if (member.json.depth > 0)
        return refuse_object(reader, &member);
    if (kind.is_of_sev && kind.is_disabled) {
        sevl_info_set_problem(reader, SEVL_INFO_DISABLED, &kind.enabled);
        return false;
    }
    if (kind.error.length > 0)
        keep_host_error(reader, kind.error);
    if (!kind.is_event && !take_values(reader, kind.absent))
        return false;
    if (!kind.is_event && kind.omits_zeros)
        take_zeros(reader->info);
    reader->rest = member.json.rest;
    return true;
}

/* What may stand between objects: those of an array are taken as if they had none. */
static bool is_separator(char c)
{
    return sevl_is_blank(c) || c == ',' || c == '[' || c == ']';
}

/*
 * Of a control sequence of a terminal (ECMA-48, section 5.4), as shells write them before
 * what a command prints; or 0.
 */
static size_t control_length(struct sevl_text text)
{
    if (text.length < 2 || text.start[0] != '\x1b' || text.start[1] != '[')
        return 0;
    size_t length = 2;
    while (length < text.length && text.start[length] >= ' ' && text.start[length] <= '?')
        length++;
    return length < text.length ? length + 1 : length;
}

static void skip_separators(struct sevl_text *rest)
{
    size_t length;
    do {
        length = control_length(*rest);
        if (rest->length > 0 && is_separator(rest->start[0]))
            length = 1;
        rest->start += length;
        rest->length -= length;
    } while (length > 0);
}

/* Returns false, with what is wrong, or after the last line. */
static bool read_item(struct info_reader *reader)
{
    struct sevl_text *rest = &reader->rest;
    skip_separators(rest);
    if (rest->length == 0)
        return false;
    if (rest->start[0] == '{')
        return read_object(reader);
    if (rest->start[0] == '}') /* the object's start is missing */
        return refuse_text(reader, SEVL_INFO_NOT_JSON, *rest);
    return read_line(reader, take_line(rest));
}

/* With its mark, or an ASCII character beside a zero. */
static bool is_utf16(struct sevl_text text)
{
    if (text.length < 2)
        return false;
    int first = text.start[0] & 0xff;
    int second = text.start[1] & 0xff;
    return first + second == 0xff + 0xfe ||
           ((first == 0) != (second == 0) && first + second < 0x80);
}

static struct sevl_text skip_mark(struct sevl_text text)
{
    static const char mark[] = "\xef\xbb\xbf";
    for (size_t i = 0; i < sizeof mark - 1; i++)
        if (i == text.length || text.start[i] != mark[i])
            return text;
    return (struct sevl_text){text.start + (sizeof mark - 1), text.length - (sizeof mark - 1)};
}

static bool has_any(const struct sevl_launch_info *info)
{
    return info->has_measurement || info->has_api_major || info->has_api_minor || info->has_build ||
           info->has_policy;
}

static enum sevl_result result_of(enum sevl_launch_info_fault fault)
{
    switch (fault) {
    case SEVL_INFO_NONE:
    case SEVL_INFO_SNP:
    case SEVL_INFO_DISABLED:
    case SEVL_INFO_HOST_ERROR:
        return SEVL_ERROR_ABSENT;
    case SEVL_INFO_CONFLICT:
        return SEVL_ERROR_DUPLICATE;
    default:
        return SEVL_ERROR_ENCODING;
    }
}

static bool is_fit_for_use(enum sevl_launch_info_fault fault)
{
    return fault == SEVL_INFO_NO_FAULT || fault == SEVL_INFO_HOST_ERROR;
}

enum sevl_result sevl_launch_info_read(struct sevl_launch_info *info,
                                       struct sevl_launch_info_problem *problem, const char *text,
                                       size_t length)
{
    struct sevl_text whole = {text, length};
    struct info_reader reader = {info, problem, text, skip_mark(whole)};
    memset(info, 0, sizeof *info);
    memset(problem, 0, sizeof *problem);
    if (is_utf16(whole))
        problem->fault = SEVL_INFO_UTF16;
    else
        while (read_item(&reader)) {
        }
    SEVL_ASSERT(sevl_launch_info_is_valid(info));
    if (is_fit_for_use(problem->fault) && has_any(info))
        return SEVL_OK;
    if (problem->fault == SEVL_INFO_NO_FAULT)
        problem->fault = SEVL_INFO_NONE;
    memset(info, 0, sizeof *info);
    return result_of(problem->fault);
}
