/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sevl_json_next, from wherever it may stand, for every text of 0 to 4 characters: it reads
 * within the text, never goes back, and says what the text begins with.
 */
#include "proof.h"

#include <core/base/json_reader.c>

static const char *start;

static char first_at(const char *at)
{
    while (at < start + CASE && sevl_is_blank(*at))
        at++;
    return at == start + CASE ? '\0' : *at;
}

static void prove_place(const struct sevl_json *was, const struct sevl_json *json,
                        enum sevl_json_token token, char first)
{
    bool is_object = (was->objects & 1) != 0;
    bool may_close = was->place != SEVL_JSON_AT_VALUE;
    if (token == SEVL_JSON_CLOSE) {
        PROVE(may_close && first == (is_object ? '}' : ']'));
        PROVE(json->depth == was->depth - 1 && json->objects == was->objects >> 1);
    } else if (token == SEVL_JSON_OPEN) {
        PROVE(json->depth == was->depth + 1 && json->objects >> 1 == (was->objects & 0x7fffffff));
        PROVE(json->rest.start[-1] == ((json->objects & 1) != 0 ? '{' : '['));
    } else {
        PROVE(json->depth == was->depth && json->objects == was->objects);
    }
    PROVE(token != SEVL_JSON_NAME || (is_object && may_close));
    PROVE(token == SEVL_JSON_WRONG || token == SEVL_JSON_NAME || token == SEVL_JSON_CLOSE ||
          !may_close || !is_object);
    PROVE(token == SEVL_JSON_WRONG || token == SEVL_JSON_CLOSE ||
          was->place != SEVL_JSON_AT_COMMA || first == ',');
    PROVE(token == SEVL_JSON_WRONG ||
          json->place == (token == SEVL_JSON_NAME   ? SEVL_JSON_AT_VALUE
                          : token == SEVL_JSON_OPEN ? SEVL_JSON_AT_FIRST
                                                    : SEVL_JSON_AT_COMMA));
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static void prove_scalar(struct sevl_text text)
{
    char c = text.length == 0 ? '\0' : text.start[0];
    bool is_quoted = text.start > start && text.start[-1] == '"';
    PROVE(is_quoted || text.length > 0);
    if (is_quoted && text.length > 0) {
        char any = text.start[any_below(text.length)];
        PROVE(any < 0 || any >= ' ');
    }
    PROVE(is_quoted || c == 't' || c == 'f' || c == 'n' || c == '-' || is_digit(c));
    PROVE(
        is_quoted || c != 't' ||
        (text.length == 4 && text.start[1] == 'r' && text.start[2] == 'u' && text.start[3] == 'e'));
    PROVE(is_quoted || c != '0' || text.length == 1 || !is_digit(text.start[1]));
    PROVE(is_quoted || (c != '-' && !is_digit(c)) || is_digit(text.start[text.length - 1]));
}

int main(void)
{
    char memory[4];
    start = ENDING(memory, CASE);
    struct sevl_json json = {{start, CASE}, nondet_u32(), nondet_u32(), SEVL_JSON_AT_VALUE};
    json.place = nondet_bool()   ? SEVL_JSON_AT_VALUE
                 : nondet_bool() ? SEVL_JSON_AT_FIRST
                                 : SEVL_JSON_AT_COMMA;
    ASSUME(json.depth <= SEVL_JSON_DEPTH_MAX);
    ASSUME(json.depth > 0 || json.place == SEVL_JSON_AT_VALUE);
    struct sevl_json was = json;
    struct sevl_text text;

    enum sevl_json_token token = sevl_json_next(&json, &text);

    REACHES(token == SEVL_JSON_NAME && text.length == 1 && CASE == 4);
    REACHES(token == SEVL_JSON_SCALAR && text.length == 4);
    REACHES(token == SEVL_JSON_OPEN && was.place == SEVL_JSON_AT_COMMA);
    REACHES(token == SEVL_JSON_CLOSE);
    REACHES(token == SEVL_JSON_WRONG && json.depth == SEVL_JSON_DEPTH_MAX);
    PROVE(json.rest.start + json.rest.length == start + CASE && json.rest.start >= start);
    PROVE(text.start >= start);
    PROVE(token == SEVL_JSON_WRONG || text.start + text.length <= json.rest.start);
    PROVE(token == SEVL_JSON_WRONG || json.rest.start > start);
    PROVE(text.start + text.length == start + CASE || token != SEVL_JSON_WRONG);
    PROVE((text.length == 1 && text.start == json.rest.start - 1) ||
          (token != SEVL_JSON_OPEN && token != SEVL_JSON_CLOSE));
    PROVE(json.depth <= SEVL_JSON_DEPTH_MAX);
    prove_place(&was, &json, token, first_at(start));
    if (token == SEVL_JSON_SCALAR)
        prove_scalar(text);
}
