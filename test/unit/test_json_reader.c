/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "base/json_reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"

static const char *input;
static struct sevl_json json;
static struct sevl_text text;

/*
 * Reads one value and writes its tokens: ( and ) for brackets, names with a colon after them,
 * scalars with a semicolon, or ! where the text is wrong.
 */
static const char *tokens_of(const char *start, size_t length)
{
    static const char marks[] = {[SEVL_JSON_NAME] = ':',
                                 [SEVL_JSON_SCALAR] = ';',
                                 [SEVL_JSON_OPEN] = '(',
                                 [SEVL_JSON_CLOSE] = ')',
                                 [SEVL_JSON_WRONG] = '!'};
    static char tokens[4096];
    size_t used = 0;
    enum sevl_json_token token;
    json = sevl_json_begin((struct sevl_text){start, length});
    do {
        memset(&text, 0xff, sizeof text);
        token = sevl_json_next(&json, &text);
        bool is_shown = token == SEVL_JSON_NAME || token == SEVL_JSON_SCALAR;
        used += (size_t)snprintf(tokens + used, sizeof tokens - used, "%.*s%c",
                                 is_shown ? (int)text.length : 0, text.start, marks[token]);
    } while (token != SEVL_JSON_WRONG && (token == SEVL_JSON_NAME || json.depth > 0));
    return tokens;
}

static void assert_tokens(const char *expected, const char *rest)
{
    assert_string_equal(tokens_of(input, strlen(input)), expected);
    assert_ptr_equal(json.rest.start + json.rest.length, input + strlen(input));
    assert_string_equal(json.rest.start, rest);
}

static void values_are_read(void **state)
{
    (void)state;
    static const char *const scalars[] = {
        "0", "-0", "10", "-1.50", "1e5", "2E-7", "0.1e+0", "120.034", "true", "false", "null",
    };
    char expected[16];
    for (size_t i = 0; i < sizeof scalars / sizeof *scalars; i++) {
        input = scalars[i];
        (void)snprintf(expected, sizeof expected, "%s;", input);
        assert_tokens(expected, "");
    }
    input = " \t\r\n\"\" ";
    assert_tokens(";", " ");
    input = "\"a\\\"\\\\\\/\\b\\f\\n\\r\\t\\u12aF\x7f\xc3\xa9\"x";
    assert_tokens("a\\\"\\\\\\/\\b\\f\\n\\r\\t\\u12aF\x7f\xc3\xa9;", "x");
    input = "{}{";
    assert_tokens("()", "{");
    input = " [ ] ]";
    assert_tokens("()", " ]");
    input = "{\"a\":1,\"b\" : { \"\":[true , \"x\",[],{}]\n}\t, \"c\":null}, 2";
    assert_tokens("(a:1;b:(:(true;x;()()))c:null;)", ", 2");
}

static void brackets_are_told(void **state)
{
    (void)state;
    static const char brackets[] = "[{}]";
    json = sevl_json_begin((struct sevl_text){brackets, 4});
    for (size_t i = 0; i < 4; i++) {
        enum sevl_json_token token = sevl_json_next(&json, &text);
        assert_int_equal(token, i < 2 ? SEVL_JSON_OPEN : SEVL_JSON_CLOSE);
        assert_ptr_equal(text.start, brackets + i);
        assert_int_equal(text.length, 1);
    }
}

/* With where it is wrong. */
static void other_text_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *from;
    } wrong[] = {
        {"x", "x"},
        {"'a'", "'a'"},
        {"truth", "truth"},
        {"falsE", "falsE"},
        {"False", "False"},
        {"NULL", "NULL"},
        {"+1", "+1"},
        {".1", ".1"},
        {"1.}", "1.}"},
        {"1.e1", "1.e1"},
        {"1e}", "1e}"},
        {"1e+}", "1e+}"},
        {"-x", "-x"},
        {"/", "/"},
        {":", ":"},
        {"]", "]"},
        {"}", "}"},
        {"[01]", "1]"},
        {"[0x1]", "x1]"},
        {"\"\\q\"", "\"\\q\""},
        {"\"\\u12\" ", "\"\\u12\" "},
        {"\"\\u12g4\"", "\"\\u12g4\""},
        {"\"a\nb\"", "\"a\nb\""},
        {"\"\x1f\"", "\"\x1f\""},
        {"[1,]", ",]"},
        {"[,1]", ",1]"},
        {"[1 2]", "2]"},
        {"[1}", "}"},
        {"[\"a\":1]", ":1]"},
        {"{,}", ",}"},
        {"{1}", "1}"},
        {"{a:1}", "a:1}"},
        {"{:1}", ":1}"},
        {"{\"\\q:1}", "\"\\q:1}"},
        {"{\"a\"}", "\"a\"}"},
        {"{\"a\" 1}", "\"a\" 1}"},
        {"{\"a\":}", "}"},
        {"{\"a\":1,}", ",}"},
        {"{\"a\":1 , 2}", ", 2}"},
        {"{\"a\":1 \"b\":2}", "\"b\":2}"},
        {"{\"a\":1]", "]"},
        {"{]", "]"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        size_t length = strlen(wrong[i].text);
        const char *tokens = tokens_of(wrong[i].text, length);
        if (tokens[strlen(tokens) - 1] != '!' || json.rest.length == 0)
            fail_msg("not refused as it should be: %s", wrong[i].text);
        assert_string_equal(text.start, wrong[i].from);
        assert_ptr_equal(text.start + text.length, wrong[i].text + length);
    }
}

/* Every cut, in memory of its own for sanitizers to watch. */
static void a_cut_text_is_refused(void **state)
{
    (void)state;
    static const char *const whole[] = {
        "{\"a\" : [-1.5e+3, \"\\u0041\\n\", true, null], \"b\": {\"c\": false}}",
        "\"ab\\u0041\"",
    };
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
        for (size_t length = 0; length < strlen(whole[i]); length++) {
            char *cut = malloc(length + (length == 0));
            assert_non_null(cut);
            memcpy(cut, whole[i], length);
            const char *tokens = tokens_of(cut, length);
            assert_int_equal(tokens[strlen(tokens) - 1], '!');
            assert_int_equal(json.rest.length, 0);
            free(cut);
        }
}

static void depth_has_a_limit(void **state)
{
    (void)state;
    char deep[256] = "";
    char expected[256] = "";
    for (size_t i = 0; i < SEVL_JSON_DEPTH_MAX; i++) {
        strcat(deep, i % 3 == 0 ? "{\"\":" : "[");
        strcat(expected, i % 3 == 0 ? "(:" : "(");
    }
    size_t length = strlen(deep);
    strcat(deep, "1");
    strcat(expected, "1;");
    for (size_t i = SEVL_JSON_DEPTH_MAX; i > 0; i--) {
        strcat(deep, (i - 1) % 3 == 0 ? "}" : "]");
        strcat(expected, ")");
    }
    input = deep;
    assert_tokens(expected, "");
    for (size_t i = 0; i < 2; i++) {
        strcpy(deep + length, i == 0 ? "[" : "{");
        const char *tokens = tokens_of(deep, length + 1);
        assert_int_equal(tokens[strlen(tokens) - 1], '!');
        assert_int_equal(json.rest.length, 1);
    }
}

static void assert_character(const char *start, size_t length, int expected, size_t left)
{
    struct sevl_text part = {start, length};
    assert_int_equal(sevl_json_character(&part), expected);
    assert_int_equal(part.length, left);
    assert_ptr_equal(part.start + left, start + length);
}

static void escapes_are_resolved(void **state)
{
    (void)state;
    static const char escapes[][2] = {{'"', '"'},  {'\\', '\\'}, {'/', '/'},  {'b', '\b'},
                                      {'f', '\f'}, {'n', '\n'},  {'r', '\r'}, {'t', '\t'}};
    for (size_t i = 0; i < sizeof escapes / sizeof *escapes; i++) {
        char escape[] = {'\\', escapes[i][0], 'x'};
        assert_character(escape, 3, escapes[i][1], 1);
    }
    assert_character("ab", 2, 'a', 1);
    assert_character("\xc3", 1, 0xc3, 0);
    assert_character("\0", 1, 0, 0);
    assert_character("\\u0000", 6, 0, 0);
    assert_character("\\uFfFfx", 7, 0xffff, 1);
    assert_character("\\u1234", 6, 0x1234, 0);
    assert_character("\\", 1, -1, 0);
    assert_character("\\q", 2, -1, 0);
    assert_character("\\0", 2, -1, 0);
    assert_character("\\U0041", 6, -1, 4);
    assert_character("\\\0", 2, -1, 0);
    for (size_t length = 2; length < 6; length++)
        assert_character("\\u0041", length, -1, 0);
    assert_character("\\u004g", 6, -1, 0);
}

/* In memory of its own for sanitizers to watch. */
static bool is_equal(const char *start, const char *ascii)
{
    size_t length = strlen(start);
    char *copy = malloc(length + (length == 0));
    assert_non_null(copy);
    memcpy(copy, start, length);
    bool result = sevl_json_equal((struct sevl_text){copy, length}, ascii);
    free(copy);
    return result;
}

static void texts_are_compared(void **state)
{
    (void)state;
    assert_true(is_equal("", "") && is_equal("policy", "policy"));
    assert_true(is_equal("p\\u006flicy", "policy") && is_equal("\\t\\\\", "\t\\"));
    assert_false(is_equal("policy", "polic") || is_equal("polic", "policy"));
    assert_false(is_equal("", "p") || is_equal("p", "") || is_equal("Policy", "policy"));
    assert_false(is_equal("\\u0170olicy", "policy") || is_equal("\\u0000", ""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_read),       cmocka_unit_test(brackets_are_told),
        cmocka_unit_test(other_text_is_refused), cmocka_unit_test(a_cut_text_is_refused),
        cmocka_unit_test(depth_has_a_limit),     cmocka_unit_test(escapes_are_resolved),
        cmocka_unit_test(texts_are_compared),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
