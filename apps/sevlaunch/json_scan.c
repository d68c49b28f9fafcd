/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "json_scan.h"

#include "cli/text.h"

void json_scan_begin(struct json_scan *scan, json_take_token *take, void *context)
{
    json_scan_begin_in(scan, take, context, scan->own, sizeof scan->own);
}

void json_scan_begin_in(struct json_scan *scan, json_take_token *take, void *context, char *memory,
                        size_t room)
{
    scan->text = memory;
    scan->text_max = room - 1;
    scan->take = take;
    scan->context = context;
    scan->state = JSON_AT_VALUE;
    scan->is_name = false;
    scan->unicode = 0;
    scan->objects = 0;
    scan->depth = 0;
    scan->length = 0;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_in_object(const struct json_scan *scan)
{
    return (scan->objects & 1) != 0;
}

static void add_to_text(struct json_scan *scan, char c)
{
    if (scan->length < scan->text_max)
        scan->text[scan->length] = c;
    if (scan->length <= scan->text_max)
        scan->length++;
}

/* Hands out what was kept of a string or word. */
static bool give_text(struct json_scan *scan, enum json_token token)
{
    bool is_kept = scan->length <= scan->text_max;
    scan->text[is_kept ? scan->length : 0] = '\0';
    return scan->take(scan->context, token, scan->depth, is_kept ? scan->text : NULL);
}

static void end_value(struct json_scan *scan)
{
    scan->state = scan->depth == 0 ? JSON_AT_END : JSON_AT_COMMA;
}

static bool open_item(struct json_scan *scan, bool is_object)
{
    if (scan->depth == JSON_SCAN_DEPTH_MAX ||
        !scan->take(scan->context, is_object ? JSON_OPEN_OBJECT : JSON_OPEN_ARRAY, scan->depth, ""))
        return false;
    scan->objects = scan->objects << 1 | (is_object ? 1 : 0);
    scan->depth++;
    scan->state = JSON_AT_FIRST;
    return true;
}

static bool close_item(struct json_scan *scan, char c)
{
    if (c != (is_in_object(scan) ? '}' : ']'))
        return false;
    scan->objects >>= 1;
    scan->depth--;
    end_value(scan);
    return scan->take(scan->context, JSON_CLOSE, scan->depth, "");
}

static void begin_string(struct json_scan *scan, bool is_name)
{
    scan->is_name = is_name;
    scan->length = 0;
    scan->state = JSON_IN_STRING;
}

static bool begin_name(struct json_scan *scan, char c)
{
    begin_string(scan, true);
    return c == '"';
}

static bool begin_value(struct json_scan *scan, char c)
{
    if (c == '{' || c == '[')
        return open_item(scan, c == '{');
    if (c == '"') {
        begin_string(scan, false);
        return true;
    }
    scan->length = 0;
    scan->state = JSON_IN_WORD;
    add_to_text(scan, c);
    return c == '-' || is_digit(c) || (c >= 'a' && c <= 'z');
}

/* Takes digits off a text; returns whether there was one. */
static bool skip_digits(const char **text)
{
    bool is_there = is_digit(**text);
    while (is_digit(**text))
        (*text)++;
    return is_there;
}

static bool is_number(const char *text)
{
    if (*text == '-')
        text++;
    if (text[0] == '0' && is_digit(text[1]))
        return false;
    if (!skip_digits(&text))
        return false;
    if (*text == '.') {
        text++;
        if (!skip_digits(&text))
            return false;
    }
    if (*text == 'e' || *text == 'E') {
        text += text[1] == '+' || text[1] == '-' ? 2 : 1;
        if (!skip_digits(&text))
            return false;
    }
    return *text == '\0';
}

static bool end_word(struct json_scan *scan)
{
    if (scan->length > scan->text_max)
        return false;
    scan->text[scan->length] = '\0';
    if (!is_number(scan->text) && !text_equal(scan->text, "true") &&
        !text_equal(scan->text, "false") && !text_equal(scan->text, "null"))
        return false;
    end_value(scan);
    return give_text(scan, JSON_WORD);
}

static bool end_string(struct json_scan *scan)
{
    if (!scan->is_name) {
        end_value(scan);
        return give_text(scan, JSON_STRING);
    }
    scan->state = JSON_AT_COLON;
    return give_text(scan, JSON_NAME);
}

static bool take_in_string(struct json_scan *scan, char c)
{
    if (c == '"')
        return end_string(scan);
    if (c == '\\')
        scan->state = JSON_IN_ESCAPE;
    add_to_text(scan, c);
    return (unsigned char)c >= 0x20;
}

/* After a backslash: one character, or 'u' and four digits. */
static bool take_in_escape(struct json_scan *scan, char c)
{
    const char digit[2] = {c, '\0'};
    add_to_text(scan, c);
    if (scan->unicode > 0) {
        scan->unicode--;
        if (scan->unicode == 0)
            scan->state = JSON_IN_STRING;
        return text_count_hexadecimal(digit) == 1;
    }
    if (c == 'u')
        scan->unicode = 4;
    else
        scan->state = JSON_IN_STRING;
    return c != '\0' && text_contains("\"\\/bfnrtu", c);
}

static bool take_comma(struct json_scan *scan, char c)
{
    if (c != ',')
        return close_item(scan, c);
    scan->state = is_in_object(scan) ? JSON_AT_NAME : JSON_AT_VALUE;
    return true;
}

static bool take_first(struct json_scan *scan, char c)
{
    if (c == '}' || c == ']')
        return close_item(scan, c);
    if (is_in_object(scan))
        return begin_name(scan, c);
    return begin_value(scan, c);
}

static bool take_colon(struct json_scan *scan, char c)
{
    scan->state = JSON_AT_VALUE;
    return c == ':';
}

/* What is no blank, between tokens. */
static bool take_between(struct json_scan *scan, char c)
{
    switch (scan->state) {
    case JSON_AT_VALUE:
        return begin_value(scan, c);
    case JSON_AT_FIRST:
        return take_first(scan, c);
    case JSON_AT_NAME:
        return begin_name(scan, c);
    case JSON_AT_COLON:
        return take_colon(scan, c);
    case JSON_AT_COMMA:
        return take_comma(scan, c);
    default: /* JSON_AT_END */
        return false;
    }
}

static bool is_of_word(char c)
{
    return is_digit(c) || c == '-' || c == '+' || c == '.' || (c >= 'a' && c <= 'z') || c == 'E';
}

static bool take_character(struct json_scan *scan, char c)
{
    if (scan->state == JSON_IN_STRING)
        return take_in_string(scan, c);
    if (scan->state == JSON_IN_ESCAPE)
        return take_in_escape(scan, c);
    if (scan->state == JSON_IN_WORD && is_of_word(c)) {
        add_to_text(scan, c);
        return true;
    }
    if (scan->state == JSON_IN_WORD && !end_word(scan))
        return false;
    return is_blank(c) || take_between(scan, c);
}

bool json_scan_update(struct json_scan *scan, const void *bytes, size_t size)
{
    const char *characters = bytes;
    for (size_t i = 0; i < size; i++)
        if (!take_character(scan, characters[i]))
            return false;
    return true;
}

bool json_scan_end(struct json_scan *scan)
{
    if (scan->state == JSON_IN_WORD && !end_word(scan))
        return false;
    return scan->state == JSON_AT_END;
}
