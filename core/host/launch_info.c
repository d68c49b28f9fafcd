/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sevlaunch/host/launch_info.h"

#include <string.h>

#define JSMN_STATIC
#define JSMN_STRICT
#define JSMN_PARENT_LINKS
#include <jsmn.h>

#include "base/assert.h"
#include "base/text.h"

#define TOKENS_MAX 128

struct text {
    const char *start;
    size_t length;
};

/* The names of a value: virsh's begin with this, QMP's do not. */
static const char virsh_prefix[] = "sev-";

static bool text_is(struct text text, const char *name)
{
    size_t i = 0;
    while (i < text.length && name[i] != '\0' && text.start[i] == name[i])
        i++;
    return i == text.length && name[i] == '\0';
}

static struct text trim(struct text text)
{
    while (text.length > 0 && sevl_is_blank(text.start[0])) {
        text.start++;
        text.length--;
    }
    while (text.length > 0 && sevl_is_blank(text.start[text.length - 1]))
        text.length--;
    return text;
}

/* Decimal, as both tools print it. */
static bool read_decimal(struct text text, uint32_t max, uint32_t *number)
{
    uint64_t value = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (text.start[i] < '0' || text.start[i] > '9')
            return false;
        value = 10 * value + (uint64_t)(text.start[i] - '0');
        if (value > max)
            return false;
    }
    *number = (uint32_t)value;
    return text.length > 0;
}

static bool set_byte(bool *has, uint8_t *byte, struct text value)
{
    uint32_t number = 0;
    if (*has || !read_decimal(value, UINT8_MAX, &number))
        return false;
    *has = true;
    *byte = (uint8_t)number;
    return true;
}

static bool set_policy(struct sevl_launch_info *info, struct text value)
{
    if (info->has_policy)
        return false;
    info->has_policy = true;
    return read_decimal(value, UINT32_MAX, &info->evidence.launch.policy);
}

static bool set_measurement(struct sevl_launch_info *info, struct text value)
{
    if (info->has_measurement)
        return false;
    info->has_measurement = true;
    return sevl_measurement_from_base64(&info->evidence.measurement, value.start, value.length) ==
           SEVL_OK;
}

/* Takes a value by its name in QMP; returns whether it could be read. */
static bool set_info_value(struct sevl_launch_info *info, struct text name, struct text value)
{
    if (text_is(name, "api-major"))
        return set_byte(&info->has_api_major, &info->evidence.launch.api_major, value);
    if (text_is(name, "api-minor"))
        return set_byte(&info->has_api_minor, &info->evidence.launch.api_minor, value);
    if (text_is(name, "build-id"))
        return set_byte(&info->has_build, &info->evidence.launch.build, value);
    if (text_is(name, "policy"))
        return set_policy(info, value);
    if (text_is(name, "data"))
        return set_measurement(info, value);
    return true;
}

/* virsh: "sev-api-major  : 0"; QMP's "data" is "sev-measurement" here. */
static bool read_line(struct sevl_launch_info *info, struct text line)
{
    static const size_t prefix = sizeof virsh_prefix - 1;
    size_t colon = 0;
    while (colon < line.length && line.start[colon] != ':')
        colon++;
    if (colon == line.length)
        return trim(line).length == 0;
    struct text name = trim((struct text){line.start, colon});
    struct text value = trim((struct text){line.start + colon + 1, line.length - colon - 1});
    if (text_is(name, "sev-measurement"))
        return set_measurement(info, value);
    if (name.length < prefix || !text_is((struct text){name.start, prefix}, virsh_prefix))
        return true;
    return set_info_value(info, (struct text){name.start + prefix, name.length - prefix}, value);
}

static bool read_lines(struct sevl_launch_info *info, struct text text)
{
    while (text.length > 0) {
        size_t length = 0;
        while (length < text.length && text.start[length] != '\n')
            length++;
        if (!read_line(info, (struct text){text.start, length}))
            return false;
        if (length < text.length)
            length++; /* the newline */
        text.start += length;
        text.length -= length;
    }
    return true;
}

static struct text token_text(struct text json, const jsmntok_t *token)
{
    return (struct text){json.start + token->start, (size_t)(token->end - token->start)};
}

/* Whether a token is the name of a member of a reply, or of what it returns. */
static bool is_name(struct text json, const jsmntok_t *tokens, const jsmntok_t *token)
{
    if (token->type != JSMN_STRING || token->size != 1 || token->parent < 0)
        return false;
    const jsmntok_t *object = &tokens[token->parent];
    return object->type == JSMN_OBJECT &&
           (object->parent < 0 || text_is(token_text(json, &tokens[object->parent]), "return"));
}

static bool read_json(struct sevl_launch_info *info, struct text json)
{
    jsmntok_t tokens[TOKENS_MAX];
    jsmn_parser parser;
    jsmn_init(&parser);
    int count = jsmn_parse(&parser, json.start, json.length, tokens, TOKENS_MAX);
    if (count < 0)
        return false;
    for (int i = 0; i + 1 < count; i++)
        if (is_name(json, tokens, &tokens[i]) &&
            !set_info_value(info, token_text(json, &tokens[i]), token_text(json, &tokens[i + 1])))
            return false;
    return true;
}

static bool has_any(const struct sevl_launch_info *info)
{
    return info->has_measurement || info->has_api_major || info->has_api_minor || info->has_build ||
           info->has_policy;
}

enum sevl_result sevl_launch_info_read(struct sevl_launch_info *info, const char *text,
                                       size_t length)
{
    struct text trimmed = trim((struct text){text, length});
    bool is_json = trimmed.length > 0 && (trimmed.start[0] == '{' || trimmed.start[0] == '[');
    memset(info, 0, sizeof *info);
    bool read = is_json ? read_json(info, trimmed) : read_lines(info, trimmed);
    SEVL_ASSERT(!read || sevl_launch_info_is_valid(info));
    if (read && has_any(info))
        return SEVL_OK;
    memset(info, 0, sizeof *info);
    return read ? SEVL_ERROR_ABSENT : SEVL_ERROR_ENCODING;
}
