/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include <sevlaunch/sev/diagnose.h>
#include <string.h>

#include "guest/cmdline_variants.h"
#include "support.h"

static const char text[] = "console=ttyS0 root=/dev/vda1";

static void hash(const char *bytes, size_t size, uint8_t result[SEVL_SHA256_SIZE])
{
    struct sevl_sha256 digest;
    assert_int_equal(sevl_sha256_init(&digest), SEVL_OK);
    assert_int_equal(sevl_sha256_update(&digest, bytes, size), SEVL_OK);
    assert_int_equal(sevl_sha256_finish(&digest, result), SEVL_OK);
}

static void init(struct sevl_cmdline *cmdline)
{
    memset(cmdline, 0xff, sizeof *cmdline);
    assert_int_equal(sevl_cmdline_init(cmdline), SEVL_OK);
}

/* The hash of the first `size` characters and a NUL. */
static void assert_hash(const struct sevl_cmdline *cmdline, size_t size)
{
    char ended[sizeof text] = "";
    uint8_t expected[SEVL_SHA256_SIZE];
    uint8_t got[SEVL_SHA256_SIZE];
    memcpy(ended, text, size);
    hash(ended, size + 1, expected);
    assert_int_equal(sevl_cmdline_hash(cmdline, got), SEVL_OK);
    assert_memory_equal(got, expected, sizeof got);
    size_t tail = cmdline->tail_size;
    assert_true(is_zero(cmdline->tail + tail, sizeof cmdline->tail - tail));
}

static void a_nul_ends_every_length(void **state)
{
    (void)state;
    for (size_t size = 0; size < sizeof text; size++) {
        struct sevl_cmdline cmdline;
        init(&cmdline);
        assert_int_equal(sevl_cmdline_update(&cmdline, text, size), SEVL_OK);
        assert_hash(&cmdline, size);
        assert_int_equal(cmdline.tail_size, size > 0 && text[size - 1] == ' ' ? 1 : 0);
    }
}

/* A hash that is taken in between changes nothing, nor does an empty piece. */
static void pieces_make_the_whole(void **state)
{
    (void)state;
    for (size_t first = 0; first < sizeof text; first++) {
        struct sevl_cmdline cmdline;
        init(&cmdline);
        assert_int_equal(sevl_cmdline_update(&cmdline, text, first), SEVL_OK);
        assert_hash(&cmdline, first);
        assert_int_equal(sevl_cmdline_update(&cmdline, text, 0), SEVL_OK);
        assert_hash(&cmdline, first);
        assert_int_equal(sevl_cmdline_update(&cmdline, text + first, sizeof text - 1 - first),
                         SEVL_OK);
        assert_hash(&cmdline, sizeof text - 1);
    }
}

/* Each piece of each text that has nothing but a tail, and one in the middle. */
static void a_tail_is_kept_apart(void **state)
{
    (void)state;
    static const char line[] = "'a \"b\t\r\n\0\"' ";
    size_t size = sizeof line - 1;
    for (size_t first = 0; first <= size; first++)
        for (size_t second = first; second <= size; second++) {
            struct sevl_cmdline cmdline;
            uint8_t expected[SEVL_SHA256_SIZE];
            uint8_t got[SEVL_SHA256_SIZE];
            init(&cmdline);
            assert_int_equal(sevl_cmdline_update(&cmdline, line, first), SEVL_OK);
            assert_int_equal(sevl_cmdline_update(&cmdline, line + first, second - first), SEVL_OK);
            assert_int_equal(sevl_cmdline_update(&cmdline, line + second, size - second), SEVL_OK);
            assert_int_equal(cmdline.first, '\'');
            assert_int_equal(cmdline.tail_size, 7);
            assert_memory_equal(cmdline.tail, "\t\r\n\0\"' ", 7);
            assert_true(is_zero(cmdline.tail + 7, sizeof cmdline.tail - 7));
            hash(line, size + 1, expected);
            assert_int_equal(sevl_cmdline_hash(&cmdline, got), SEVL_OK);
            assert_memory_equal(got, expected, sizeof got);
            const struct sevl_cmdline_variant unquoted = {.is_unquoted = true,
                                                          .ending = SEVL_CMDLINE_NUL};
            assert_true(sevl_cmdline_is_quoted(&cmdline));
            hash("a \"b\t\r\n\0\"\0", 11, expected);
            assert_int_equal(sevl_cmdline_hash_variant(&cmdline, &unquoted, got), SEVL_OK);
            assert_memory_equal(got, expected, sizeof got);
        }
}

/* Of a tail without end the last bytes are kept, whatever the pieces. */
static void a_long_tail_moves_to_the_head(void **state)
{
    (void)state;
    static const char blanks[3 * SEVL_CMDLINE_TAIL_SIZE + 1] = "\"";
    for (size_t piece = 1; piece < 40; piece++) {
        struct sevl_cmdline cmdline;
        uint8_t expected[SEVL_SHA256_SIZE];
        uint8_t got[SEVL_SHA256_SIZE];
        init(&cmdline);
        for (size_t i = 0; i < sizeof blanks; i += piece) {
            size_t left = sizeof blanks - i;
            assert_int_equal(sevl_cmdline_update(&cmdline, blanks + i, left < piece ? left : piece),
                             SEVL_OK);
        }
        assert_int_equal(cmdline.tail_size, SEVL_CMDLINE_TAIL_SIZE);
        assert_int_equal(cmdline.first, '"');
        assert_false(sevl_cmdline_is_quoted(&cmdline));
        const struct sevl_cmdline_variant cut = {.cut = 1, .ending = SEVL_CMDLINE_NO_NUL};
        hash(blanks, sizeof blanks - 1, expected);
        assert_int_equal(sevl_cmdline_hash_variant(&cmdline, &cut, got), SEVL_OK);
        assert_memory_equal(got, expected, sizeof got);
        const struct sevl_cmdline_variant unquoted = {.is_unquoted = true,
                                                      .ending = SEVL_CMDLINE_NO_NUL};
        hash(blanks + 1, sizeof blanks - 1, expected);
        assert_int_equal(sevl_cmdline_update(&cmdline, "\"", 1), SEVL_OK);
        assert_true(sevl_cmdline_is_quoted(&cmdline));
        assert_int_equal(sevl_cmdline_hash_variant(&cmdline, &unquoted, got), SEVL_OK);
        assert_memory_equal(got, expected, sizeof got);
    }
}

/* "quiet \n" with `cut` bytes less, then the ending, blanks, and QEMU's NUL if `has_nul`. */
static void assert_variant(size_t cut, enum sevl_cmdline_ending ending, const char *bytes,
                           size_t size, bool has_nul)
{
    struct sevl_cmdline cmdline;
    init(&cmdline);
    assert_int_equal(sevl_cmdline_update(&cmdline, "quiet \n", 7), SEVL_OK);
    for (uint8_t blanks = 0; blanks <= SEVL_CMDLINE_BLANKS_MAX; blanks++) {
        const struct sevl_cmdline_variant variant = {false, (uint8_t)cut, ending, blanks};
        char line[7 + 2 + SEVL_CMDLINE_BLANKS_MAX + 1] = "quiet \n";
        uint8_t expected[SEVL_SHA256_SIZE];
        uint8_t got[SEVL_SHA256_SIZE];
        memcpy(line + 7 - cut, bytes, size);
        memset(line + 7 - cut + size, ' ', blanks);
        line[7 - cut + size + blanks] = '\0';
        hash(line, 7 - cut + size + blanks + (has_nul ? 1 : 0), expected);
        assert_int_equal(sevl_cmdline_hash_variant(&cmdline, &variant, got), SEVL_OK);
        assert_memory_equal(got, expected, sizeof got);
    }
}

static void each_ending_follows_the_cut(void **state)
{
    (void)state;
    for (size_t cut = 0; cut <= 2; cut++) {
        assert_variant(cut, SEVL_CMDLINE_NEWLINE, "\n", 1, true);
        assert_variant(cut, SEVL_CMDLINE_CRLF, "\r\n", 2, true);
        assert_variant(cut, SEVL_CMDLINE_NUL, "", 1, true);
        assert_variant(cut, SEVL_CMDLINE_NO_NUL, "", 0, false);
        assert_variant(cut, SEVL_CMDLINE_NOTHING, "", 0, true);
    }
}

static void quotation_marks_are_a_pair(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool is_quoted;
    } lines[] = {
        {"", false},     {"a", false},     {"a\"", false},  {"\"a", false},  {"\"a'", false},
        {"\"a\"", true}, {"'a' \n", true}, {"'a\"", false}, {"\"\"", false}, {"\"a\"'", false},
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct sevl_cmdline cmdline;
        init(&cmdline);
        assert_int_equal(sevl_cmdline_update(&cmdline, lines[i].text, strlen(lines[i].text)),
                         SEVL_OK);
        assert_int_equal(sevl_cmdline_is_quoted(&cmdline), lines[i].is_quoted);
    }
}

static void a_line_that_was_never_begun_fails(void **state)
{
    (void)state;
    struct sevl_cmdline cmdline = {.first = 'x', .has_first = true};
    uint8_t result[SEVL_SHA256_SIZE] = {1};
    assert_int_equal(sevl_cmdline_hash(&cmdline, result), SEVL_ERROR_STATE);
    assert_true(is_zero(result, sizeof result));
    assert_int_equal(sevl_cmdline_update(&cmdline, "", 0), SEVL_ERROR_STATE);
    assert_true(is_zero(&cmdline, sizeof cmdline));
    assert_int_equal(sevl_cmdline_update(&cmdline, text, 2), SEVL_ERROR_STATE);
    assert_true(is_zero(&cmdline, sizeof cmdline));
    assert_int_equal(sevl_cmdline_hash(&cmdline, result), SEVL_ERROR_STATE);
}

static void what_failed_is_wiped(void **state)
{
    (void)state;
    uint8_t result[SEVL_SHA256_SIZE];
    struct sevl_cmdline cmdline;
    memset(&cmdline, 0xff, sizeof cmdline);
    fail_crypto_call(1);
    assert_int_equal(sevl_cmdline_init(&cmdline), SEVL_ERROR_CRYPTO);
    assert_true(is_zero(&cmdline, sizeof cmdline));
    fail_crypto_call(0);
    init(&cmdline);
    assert_int_equal(sevl_cmdline_update(&cmdline, text, 4), SEVL_OK);
    fail_crypto_call(1);
    assert_int_equal(sevl_cmdline_update(&cmdline, text + 4, 5), SEVL_ERROR_CRYPTO);
    fail_crypto_call(0);
    assert_true(is_zero(&cmdline, sizeof cmdline));
    assert_int_equal(sevl_cmdline_update(&cmdline, text, 1), SEVL_ERROR_STATE);
    assert_int_equal(sevl_cmdline_hash(&cmdline, result), SEVL_ERROR_STATE);
    assert_true(is_zero(&cmdline, sizeof cmdline));
}

/* Returns the count of calls of Mbed TLS if none of them failed. */
static int run(struct sevl_cmdline *cmdline, uint8_t result[SEVL_SHA256_SIZE])
{
    static const char blanks[SEVL_CMDLINE_TAIL_SIZE + 2] = "\"\"";
    bool failed = sevl_cmdline_init(cmdline) != SEVL_OK;
    failed = sevl_cmdline_update(cmdline, blanks, sizeof blanks) != SEVL_OK || failed;
    failed = sevl_cmdline_update(cmdline, text + 4, 5) != SEVL_OK || failed;
    failed = sevl_cmdline_hash(cmdline, result) != SEVL_OK || failed;
    return failed ? 0 : crypto_calls();
}

static void a_failure_anywhere_is_told(void **state)
{
    (void)state;
    struct sevl_cmdline cmdline;
    uint8_t result[SEVL_SHA256_SIZE];
    fail_crypto_call(0);
    int calls = run(&cmdline, result);
    assert_in_range(calls, 10, 20);
    for (int n = 1; n <= calls; n++) {
        memset(result, 1, sizeof result);
        fail_crypto_call(n);
        assert_int_equal(run(&cmdline, result), 0);
        assert_true(is_zero(result, sizeof result));
    }
    fail_crypto_call(0);
}

static void assert_variant_at(const struct sevl_cmdline *cmdline, uint32_t number,
                              struct sevl_cmdline_variant expected)
{
    struct sevl_cmdline_variant variant;
    assert_true(sevl_cmdline_variant_at(cmdline, number, &variant));
    assert_int_equal(sevl_cmdline_variant_to_value(variant),
                     sevl_cmdline_variant_to_value(expected));
}

/* Every line end with every number of blanks; returns how many these are. */
static uint32_t assert_endings(const struct sevl_cmdline *cmdline, uint32_t first, uint8_t cut)
{
    static const enum sevl_cmdline_ending ends[] = {SEVL_CMDLINE_NOTHING, SEVL_CMDLINE_NEWLINE,
                                                    SEVL_CMDLINE_CRLF};
    for (uint32_t i = 0; i < 3 * 17; i++)
        assert_variant_at(cmdline, first + i,
                          (struct sevl_cmdline_variant){.cut = cut,
                                                        .ending = ends[i / 17],
                                                        .blanks = (uint8_t)(i % 17)});
    return 3 * 17;
}

static void assert_variants(const char *given, bool is_quoted, uint8_t tail)
{
    struct sevl_cmdline cmdline;
    struct sevl_cmdline_variant none;
    uint32_t n = 0;
    init(&cmdline);
    assert_int_equal(sevl_cmdline_update(&cmdline, given, strlen(given)), SEVL_OK);
    if (is_quoted)
        assert_variant_at(&cmdline, n++,
                          (struct sevl_cmdline_variant){.is_unquoted = true,
                                                        .ending = SEVL_CMDLINE_NOTHING});
    for (uint8_t cut = 1; cut <= tail; cut++)
        assert_variant_at(&cmdline, n++,
                          (struct sevl_cmdline_variant){.cut = cut,
                                                        .ending = SEVL_CMDLINE_NOTHING});
    n += assert_endings(&cmdline, n, 0);
    assert_variant_at(&cmdline, n++, (struct sevl_cmdline_variant){.ending = SEVL_CMDLINE_NUL});
    assert_variant_at(&cmdline, n++, (struct sevl_cmdline_variant){.ending = SEVL_CMDLINE_NO_NUL});
    if (tail > 0)
        n += assert_endings(&cmdline, n, tail);
    assert_false(sevl_cmdline_variant_at(&cmdline, n, &none));
    assert_false(sevl_cmdline_variant_at(&cmdline, n + 1, &none));
    assert_false(sevl_cmdline_variant_at(&cmdline, UINT32_MAX, &none));
}

static void variants_have_numbers(void **state)
{
    (void)state;
    assert_variants("quiet", false, 0);
    assert_variants("quiet \n", false, 2);
    assert_variants("'a b'\n", true, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(variants_have_numbers),
        cmocka_unit_test(a_nul_ends_every_length),
        cmocka_unit_test(pieces_make_the_whole),
        cmocka_unit_test(a_tail_is_kept_apart),
        cmocka_unit_test(a_long_tail_moves_to_the_head),
        cmocka_unit_test(each_ending_follows_the_cut),
        cmocka_unit_test(quotation_marks_are_a_pair),
        cmocka_unit_test(a_line_that_was_never_begun_fails),
        cmocka_unit_test(what_failed_is_wiped),
        cmocka_unit_test(a_failure_anywhere_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
