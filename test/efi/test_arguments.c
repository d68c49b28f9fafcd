/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Do load options become the arguments that the user wrote, or an error? */
#include <stdlib.h>
#include <string.h>

#include "arguments.h"
#include "cmocka_tests.h"

static struct arguments arguments;

static size_t length_of(const CHAR16 *units)
{
    size_t length = 0;
    while (units[length] != 0)
        length++;
    return length;
}

/* From memory of exactly this size, so that AddressSanitizer sees a read after it. */
static bool parse(const void *options, size_t size)
{
    void *copy = malloc(size == 0 ? 1 : size);
    assert_non_null(copy);
    memcpy(copy, options, size);
    bool parsed = arguments_from_options(&arguments, size == 0 ? NULL : copy, size);
    free(copy);
    return parsed;
}

/* Without the NUL: only the size says where the options end. */
static bool parse_text(const CHAR16 *options)
{
    return parse(options, length_of(options) * sizeof *options);
}

#define assert_arguments(...) assert_list((const char *const[]){__VA_ARGS__, NULL})

static void assert_list(const char *const expected[])
{
    int count = 0;
    assert_null(arguments.problem);
    for (; expected[count] != NULL; count++) {
        assert_true(count < arguments.count);
        assert_string_equal(arguments.argv[count], expected[count]);
    }
    assert_int_equal(arguments.count, count);
    assert_null(arguments.argv[count]);
}

static void assert_refused(bool parsed, const char *problem)
{
    assert_false(parsed);
    assert_string_equal(arguments.problem, problem);
}

static void test_shell_line(void **state)
{
    (void)state;
    assert_true(parse_text(u"fs0:\\a.efi -f  fw.bin\t--tk tk"));
    assert_arguments("fs0:\\a.efi", "-f", "fw.bin", "--tk", "tk");
}

static void test_boot_entry(void **state)
{
    (void)state;
    assert_true(parse_text(u"--firmware fw.bin"));
    assert_arguments("", "--firmware", "fw.bin");
    assert_true(parse_text(u"  \"-f\" fw.bin "));
    assert_arguments("", "-f", "fw.bin");
    assert_true(parse_text(u"\xfeff-f fw.bin\r\n"));
    assert_arguments("", "-f", "fw.bin");
}

static void test_none(void **state)
{
    static const CHAR16 nul[] = {0};
    (void)state;
    assert_true(parse("", 0));
    assert_arguments("");
    assert_true(parse(nul, sizeof nul));
    assert_arguments("");
    assert_true(parse_text(u" \t\r\n"));
    assert_arguments("");
    assert_true(parse_text(u"\xfeff"));
    assert_arguments("");
}

static void test_nul_ends(void **state)
{
    static const CHAR16 options[] = {'-', 'a', 0, ' ', '-', 'b', 0xd83d};
    (void)state;
    assert_true(parse(options, sizeof options));
    assert_arguments("", "-a");
}

static void test_quotes(void **state)
{
    (void)state;
    assert_true(parse_text(u"\"a b.efi\" -f \"c  d\"e --tk=\"f g\" \"\""));
    assert_arguments("a b.efi", "-f", "c  de", "--tk=f g", "");
    assert_true(parse_text(u"-f ^\"a b^^ c^ d \"e^\" f\""));
    assert_arguments("", "-f", "\"a", "b^", "c d", "e\" f");
}

static void test_unclosed(void **state)
{
    (void)state;
    assert_refused(parse_text(u"-f \"fw.bin"), "a quote in the arguments is not closed");
    assert_refused(parse_text(u"-f \"fw.bin^\""), "a quote in the arguments is not closed");
    assert_refused(parse_text(u"-f fw.bin^"), "the arguments end with a '^'");
}

static void test_encoding(void **state)
{
    static const char ascii[] = "--firmware fw.bin";
    (void)state;
    assert_true(parse_text(u"-f \x00e4\x20ac\xd83d\xde00"));
    assert_arguments("", "-f", "\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80");
    assert_refused(parse(ascii, sizeof ascii - 1), "the arguments are not UTF-16 text");
}

static void test_malformed(void **state)
{
    static const CHAR16 high[] = {'-', 'a', 0xd83d, ' ', '-', 'b', 0};
    static const CHAR16 last[] = {'-', 'a', 0xd83d, 0};
    static const CHAR16 low[] = {'-', 'a', 0xde00, 0};
    static const CHAR16 quoted[] = {'"', 0xd83d, '"', 0xde00, 0};
    (void)state;
    assert_refused(parse_text(high), "the arguments are not UTF-16 text");
    assert_refused(parse_text(last), "the arguments are not UTF-16 text");
    assert_refused(parse_text(low), "the arguments are not UTF-16 text");
    assert_refused(parse_text(quoted), "the arguments are not UTF-16 text");
}

static void test_odd_size(void **state)
{
    static const CHAR16 options[] = u"-a";
    (void)state;
    for (size_t size = 1; size < sizeof options; size += 2)
        assert_refused(parse(options, size), "the arguments are not UTF-16 text");
}

static void test_odd_address(void **state)
{
    static const CHAR16 options[] = u"-f fw.bin";
    char memory[1 + sizeof options];
    (void)state;
    memcpy(memory + 1, options, sizeof options);
    assert_true(arguments_from_options(&arguments, memory + 1, sizeof options));
    assert_arguments("", "-f", "fw.bin");
}

/* "-a" this many times. */
static bool parse_many(size_t count)
{
    CHAR16 options[3 * (ARGUMENTS_MAX + 2)];
    for (size_t i = 0; i < count; i++)
        memcpy(options + 3 * i, u"-a ", 3 * sizeof *options);
    return parse(options, 3 * count * sizeof *options);
}

static void test_max_arguments(void **state)
{
    (void)state;
    assert_true(parse_many(ARGUMENTS_MAX));
    assert_int_equal(arguments.count, 1 + ARGUMENTS_MAX);
    assert_string_equal(arguments.argv[ARGUMENTS_MAX], "-a");
    assert_null(arguments.argv[ARGUMENTS_MAX + 1]);
    assert_refused(parse_many(ARGUMENTS_MAX + 1), "there are too many arguments");
}

/* One word of this many bytes. */
static bool parse_long(size_t length)
{
    static CHAR16 options[ARGUMENTS_ROOM + 1];
    for (size_t i = 0; i < length; i++)
        options[i] = '-';
    return parse(options, length * sizeof *options);
}

static void test_longest(void **state)
{
    (void)state;
    assert_true(parse_long(ARGUMENTS_ROOM - 1));
    assert_int_equal(strlen(arguments.argv[1]), ARGUMENTS_ROOM - 1);
    assert_refused(parse_long(ARGUMENTS_ROOM), "the arguments are too long");
    assert_refused(parse_long(ARGUMENTS_ROOM + 1), "the arguments are too long");
}

static void test_argv(void **state)
{
    CHAR16 name[] = u"a.efi";
    CHAR16 quoted[] = u"\"b\" ^c";
    CHAR16 empty[] = u"";
    CHAR16 *argv[] = {name, quoted, empty};
    (void)state;
    assert_true(arguments_from_argv(&arguments, 3, argv));
    assert_arguments("a.efi", "\"b\" ^c", "");
    assert_true(arguments_from_argv(&arguments, 0, argv));
    assert_arguments("");
}

static void test_argv_refused(void **state)
{
    CHAR16 name[] = u"a.efi";
    CHAR16 lone[] = {0xd83d, 0};
    CHAR16 *argv[ARGUMENTS_MAX + 1] = {name, lone};
    (void)state;
    assert_refused(arguments_from_argv(&arguments, 2, argv), "the arguments are not UTF-16 text");
    for (size_t i = 0; i <= ARGUMENTS_MAX; i++)
        argv[i] = name;
    assert_true(arguments_from_argv(&arguments, ARGUMENTS_MAX, argv));
    assert_int_equal(arguments.count, ARGUMENTS_MAX);
    assert_refused(arguments_from_argv(&arguments, ARGUMENTS_MAX + 1, argv),
                   "there are too many arguments");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shell_line),    cmocka_unit_test(test_boot_entry),
        cmocka_unit_test(test_none),          cmocka_unit_test(test_nul_ends),
        cmocka_unit_test(test_quotes),        cmocka_unit_test(test_unclosed),
        cmocka_unit_test(test_encoding),      cmocka_unit_test(test_malformed),
        cmocka_unit_test(test_odd_size),      cmocka_unit_test(test_odd_address),
        cmocka_unit_test(test_max_arguments), cmocka_unit_test(test_longest),
        cmocka_unit_test(test_argv),          cmocka_unit_test(test_argv_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
