/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "base/json_reader.h"

static char take_character(struct sevl_text *text)
{
    text->length--;
    return *text->start++;
}

static bool begins_with(const struct sevl_text *text, char c)
{
    return text->length > 0 && text->start[0] == c;
}

static bool begins_with_digit(const struct sevl_text *text)
{
    return text->length > 0 && text->start[0] >= '0' && text->start[0] <= '9';
}

static int take_unicode(struct sevl_text *text)
{
    int unit = 0;
    for (int i = 0; i < 4; i++) {
        int digit = text->length > 0 ? sevl_hex_digit(take_character(text)) : -1;
        if (digit < 0)
            return -1;
        unit = 16 * unit + digit;
    }
    return unit;
}

int sevl_json_character(struct sevl_text *text)
{
    static const char escapes[] = "\"\\/bfnrt";
    static const char meanings[] = "\"\\/\b\f\n\r\t";
    char c = take_character(text);
    if (c != '\\')
        return c & 0xff;
    if (text->length == 0)
        return -1;
    c = take_character(text);
    if (c == 'u')
        return take_unicode(text);
    for (size_t i = 0; i < sizeof escapes - 1; i++)
        if (c == escapes[i])
            return meanings[i];
    return -1;
}

bool sevl_json_equal(struct sevl_text text, const char *ascii)
{
    while (text.length > 0 && *ascii != '\0')
        if (sevl_json_character(&text) != *ascii++)
            return false;
    return text.length == 0 && *ascii == '\0';
}

static bool take_quoted(struct sevl_text *rest, struct sevl_text *text)
{
    (void)take_character(rest);
    text->start = rest->start;
    while (rest->length > 0 && rest->start[0] != '"') {
        bool is_control = (rest->start[0] & 0xff) < ' ';
        if (is_control || sevl_json_character(rest) < 0)
            return false;
    }
    text->length = (size_t)(rest->start - text->start);
    if (rest->length == 0)
        return false;
    (void)take_character(rest);
    return true;
}

static bool take_digits(struct sevl_text *rest)
{
    if (!begins_with_digit(rest))
        return false;
    while (begins_with_digit(rest))
        (void)take_character(rest);
    return true;
}

static bool take_integer(struct sevl_text *rest)
{
    if (begins_with(rest, '-'))
        (void)take_character(rest);
    if (!begins_with(rest, '0'))
        return take_digits(rest);
    (void)take_character(rest);
    return true;
}

static bool take_exponent(struct sevl_text *rest)
{
    if (!begins_with(rest, 'e') && !begins_with(rest, 'E'))
        return true;
    (void)take_character(rest);
    if (begins_with(rest, '+') || begins_with(rest, '-'))
        (void)take_character(rest);
    return take_digits(rest);
}

static bool take_number(struct sevl_text *rest)
{
    if (!take_integer(rest))
        return false;
    if (begins_with(rest, '.')) {
        (void)take_character(rest);
        if (!take_digits(rest))
            return false;
    }
    return take_exponent(rest);
}

static bool take_literal(struct sevl_text *rest, const char *literal)
{
    while (*literal != '\0') {
        if (!begins_with(rest, *literal++))
            return false;
        (void)take_character(rest);
    }
    return true;
}

static bool take_plain(struct sevl_text *rest, struct sevl_text *text)
{
    text->start = rest->start;
    bool is_right = begins_with(rest, 't')   ? take_literal(rest, "true")
                    : begins_with(rest, 'f') ? take_literal(rest, "false")
                    : begins_with(rest, 'n') ? take_literal(rest, "null")
                                             : take_number(rest);
    text->length = (size_t)(rest->start - text->start);
    return is_right;
}

static void skip_blanks(struct sevl_text *rest)
{
    while (rest->length > 0 && sevl_is_blank(rest->start[0]))
        (void)take_character(rest);
}

static bool is_in_object(const struct sevl_json *json)
{
    return (json->objects & 1) != 0;
}

static struct sevl_text take_bracket(struct sevl_text *rest)
{
    struct sevl_text bracket = {rest->start, 1};
    (void)take_character(rest);
    return bracket;
}

static enum sevl_json_token open_container(struct sevl_json *json, struct sevl_text *text)
{
    if (json->depth == SEVL_JSON_DEPTH_MAX)
        return SEVL_JSON_WRONG;
    *text = take_bracket(&json->rest);
    json->depth++;
    json->objects = json->objects << 1 | (text->start[0] == '{' ? 1 : 0);
    json->place = SEVL_JSON_AT_FIRST;
    return SEVL_JSON_OPEN;
}

static enum sevl_json_token close_container(struct sevl_json *json, struct sevl_text *text)
{
    *text = take_bracket(&json->rest);
    json->depth--;
    json->objects >>= 1;
    json->place = SEVL_JSON_AT_COMMA;
    return SEVL_JSON_CLOSE;
}

static enum sevl_json_token read_value(struct sevl_json *json, struct sevl_text *text)
{
    if (begins_with(&json->rest, '{') || begins_with(&json->rest, '['))
        return open_container(json, text);
    json->place = SEVL_JSON_AT_COMMA;
    bool is_right = begins_with(&json->rest, '"') ? take_quoted(&json->rest, text)
                                                  : take_plain(&json->rest, text);
    return is_right ? SEVL_JSON_SCALAR : SEVL_JSON_WRONG;
}

static enum sevl_json_token read_member_name(struct sevl_json *json, struct sevl_text *text)
{
    if (!begins_with(&json->rest, '"') || !take_quoted(&json->rest, text))
        return SEVL_JSON_WRONG;
    skip_blanks(&json->rest);
    if (!begins_with(&json->rest, ':'))
        return SEVL_JSON_WRONG;
    (void)take_character(&json->rest);
    json->place = SEVL_JSON_AT_VALUE;
    return SEVL_JSON_NAME;
}

static enum sevl_json_token read_token(struct sevl_json *json, struct sevl_text *text)
{
    if (json->place == SEVL_JSON_AT_VALUE)
        return read_value(json, text);
    if (begins_with(&json->rest, is_in_object(json) ? '}' : ']'))
        return close_container(json, text);
    if (json->place == SEVL_JSON_AT_COMMA) {
        if (!begins_with(&json->rest, ','))
            return SEVL_JSON_WRONG;
        (void)take_character(&json->rest);
        skip_blanks(&json->rest);
    }
    return is_in_object(json) ? read_member_name(json, text) : read_value(json, text);
}

enum sevl_json_token sevl_json_next(struct sevl_json *json, struct sevl_text *text)
{
    skip_blanks(&json->rest);
    struct sevl_text left = json->rest;
    enum sevl_json_token token = read_token(json, text);
    if (token == SEVL_JSON_WRONG)
        *text = left;
    return token;
}
