/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * JSON as it streams by: wherever it is split, the same tokens come; and it is whole if and only if
 * the core's reader, which has all of it at once, reads one value and nothing after it.
 */
#include "json_scan.h"

#include "base/json_reader.h"
#include "fuzz.h"

struct tokens {
    uint64_t hash;
    size_t count;
};

static void mix(struct tokens *tokens, const void *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        tokens->hash = (tokens->hash ^ ((const uint8_t *)bytes)[i]) * UINT64_C(0x100000001b3);
}

static bool take_token(void *context, enum json_token token, uint32_t depth, const char *text)
{
    struct tokens *tokens = context;
    REQUIRE(depth <= JSON_SCAN_DEPTH_MAX);
    REQUIRE(text == NULL || strlen(text) <= JSON_SCAN_TEXT_MAX);
    mix(tokens, &token, sizeof token);
    mix(tokens, &depth, sizeof depth);
    if (text != NULL)
        mix(tokens, text, strlen(text) + 1);
    tokens->count++;
    return true;
}

static bool scan(struct tokens *tokens, const char *text, size_t size, size_t step)
{
    struct json_scan json;
    json_scan_begin(&json, take_token, tokens);
    for (size_t at = 0; at < size; at += step) {
        size_t part = size - at < step ? size - at : step;
        if (!json_scan_update(&json, text + at, part))
            return false;
    }
    return json_scan_end(&json);
}

/* A word or a number that is longer than what is kept is refused here alone. */
static bool is_long(const struct sevl_text *text)
{
    return text->length > JSON_SCAN_TEXT_MAX;
}

/* Returns whether the core reads it, and how many tokens that takes; 0: one of them is too long. */
static bool read_at_once(const char *text, size_t size, size_t *count)
{
    struct sevl_text token;
    struct sevl_json json = sevl_json_begin((struct sevl_text){text, size});
    bool has_long_word = false;
    *count = 0;
    for (;;) {
        enum sevl_json_token kind = sevl_json_next(&json, &token);
        if (kind == SEVL_JSON_WRONG)
            return false;
        if (kind == SEVL_JSON_SCALAR && is_long(&token) && token.start[-1] != '"')
            has_long_word = true;
        ++*count;
        if (kind != SEVL_JSON_NAME && json.depth == 0)
            break;
    }
    for (size_t i = 0; i < json.rest.length; i++)
        if (!sevl_is_blank(json.rest.start[i]))
            return false;
    if (has_long_word)
        *count = 0;
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input input = {data, size};
    size_t step = 1 + take8(&input);
    /* A blank before it, for the look at what precedes a scalar. */
    char *text = copy_text(data, size);
    if (size > 0)
        text[0] = ' ';
    struct tokens one = {0, 0};
    struct tokens two = {0, 0};
    size_t count;
    bool whole = scan(&one, text, size, step);
    REQUIRE(scan(&two, text, size, 1 + size) == whole && one.count == two.count &&
            one.hash == two.hash);
    bool at_once = read_at_once(text, size, &count);
    if (count > 0)
        REQUIRE(at_once == whole);
    if (whole)
        REQUIRE(count == one.count);
    free(text);
    return 0;
}
