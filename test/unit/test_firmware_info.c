/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include <sevlaunch/snp/firmware_info.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support.h"

#define SHA256 "00" SHA256_REST
#define SHA256_REST "0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
#define SHA384 SHA256 "202122232425262728292a2b2c2d2E2F"
#define SECTION_A "    {\"base\": 8388608, \"size\": 36864, \"type\": 1}"
#define SECTION_B "    {\"size\": 4096, \"type\": 4294967295, \"base\": 4294963200}"

/* Members, each on a line of its own from line 2 on. */
enum { TYPE, SCHEMA, SIZE, HASH, DIGEST, RESET, TABLE, SECRET, SECTIONS, MEMBERS };
static const char *const members[MEMBERS] = {"\"type\": \"sevlaunch-firmware-info\"",
                                             "\"schema\": 1",
                                             "\"size\": 4294967296",
                                             "\"sha256\": \"" SHA256 "\"",
                                             "\"launch-digest\": \"" SHA384 "\"",
                                             "\"reset-address\": 8433668",
                                             "\"hash-table\": {\"base\": 1, \"size\": 2}",
                                             "\"secret\": {\"size\": 4294967295, \"base\": 0}",
                                             "\"sections\": [" SECTION_A "," SECTION_B "]"};

static uint8_t memory[10 * SEVL_SEV_SECTION_SIZE];
static struct sevl_snp_firmware_info info;
static struct sevl_snp_firmware_info_problem problem;

/* In memory of its own size. */
static enum sevl_result read_with(const char *text, size_t capacity)
{
    size_t length = strlen(text);
    char *copy = malloc(length + 1);
    uint8_t *sections = capacity == 10 ? memory : malloc(capacity * SEVL_SEV_SECTION_SIZE + 1);
    assert_true(copy != NULL && sections != NULL);
    memcpy(copy, text, length);
    memset(&info, 0xff, sizeof info);
    memset(&problem, 0xff, sizeof problem);
    enum sevl_result result =
        sevl_snp_firmware_info_read(&info, &problem, sections, capacity, copy, length);
    free(copy);
    if (sections != memory)
        free(sections);
    return result;
}

static enum sevl_result read(const char *text)
{
    return read_with(text, 10);
}

/* All members but that one, for which others stand. */
static const char *with(int member, const char *others)
{
    static char text[2000];
    size_t used = (size_t)snprintf(text, sizeof text, "{");
    for (int i = 0; i < MEMBERS; i++) {
        const char *line = i == member ? others : members[i];
        used += (size_t)snprintf(text + used, sizeof text - used, "%s\n%s",
                                 i == 0 || line[0] == '\0' ? "" : ",", line);
    }
    (void)snprintf(text + used, sizeof text - used, "\n}\n");
    return text;
}

static const char *all(void)
{
    return with(-1, "");
}

static void assert_refused(const char *text, enum sevl_snp_firmware_info_fault fault, size_t line,
                           const char *name)
{
    enum sevl_result expected =
        fault == SEVL_FIRMWARE_INFO_FULL ? SEVL_ERROR_LENGTH : SEVL_ERROR_ENCODING;
    if (read(text) != expected || problem.fault != fault || problem.line != line)
        fail_msg("fault %d on line %zu: %s", problem.fault, problem.line, text);
    assert_true(is_zero(&info, sizeof info));
    if (fault == SEVL_FIRMWARE_INFO_UNKNOWN) {
        assert_null(problem.name);
        assert_int_equal(problem.length, strlen(name));
        assert_memory_equal(text + problem.offset, name, problem.length);
        return;
    }
    assert_true(problem.offset == 0 && problem.length == 0);
    if (name == NULL)
        assert_null(problem.name);
    else
        assert_string_equal(problem.name, name);
}

/* Each value in place of the member's, by itself. */
static void assert_values(int member, const char *const values[],
                          enum sevl_snp_firmware_info_fault fault, const char *name)
{
    for (; *values != NULL; values++)
        assert_refused(with(member, *values), fault, 2 + (size_t)member, name);
}

static void assert_read(const char *text)
{
    if (read(text) != SEVL_OK)
        fail_msg("fault %d on line %zu: %s", problem.fault, problem.line, text);
    assert_true(is_zero(&problem, sizeof problem));
}

static void assert_section(uint32_t number, uint32_t base, uint32_t size, uint32_t type)
{
    struct sevl_sev_section section = sevl_sev_metadata_section(&info.metadata, number);
    assert_int_equal(section.base, base);
    assert_int_equal(section.size, size);
    assert_int_equal(section.type, type);
}

static void every_member_is_read(void **state)
{
    (void)state;
    assert_read(all());
    assert_true(info.size == UINT64_C(1) << 32);
    for (uint8_t i = 0; i < sizeof info.sha256; i++)
        assert_int_equal(info.sha256[i], i);
    for (uint8_t i = 0; i < sizeof info.launch_digest; i++)
        assert_int_equal(info.launch_digest[i], i);
    assert_int_equal(info.footer.reset_address, 8433668);
    assert_int_equal(info.footer.hash_table.base, 1);
    assert_int_equal(info.footer.hash_table.size, 2);
    assert_int_equal(info.footer.secret.base, 0);
    assert_int_equal(info.footer.secret.size, UINT32_MAX);
    assert_int_equal(info.metadata.count, 2);
    assert_int_equal(info.metadata.distance, 0);
    assert_ptr_equal(info.metadata.bytes, memory);
    assert_section(0, 0x800000, 0x9000, 1);
    assert_section(1, 0xfffff000, 0x1000, UINT32_MAX);
}

static void members_have_any_order(void **state)
{
    char text[2000] = "{";
    (void)state;
    for (int i = MEMBERS; i-- > 0;) {
        strcat(text, members[i]);
        strcat(text, i > 0 ? "," : "} \t\r\n");
    }
    assert_read(text);
    assert_int_equal(info.metadata.count, 2);
    assert_read(with(SIZE, "\"s\\u0069ze\": 4096"));
    assert_int_equal(info.size, 4096);
}

static void there_may_be_no_sections(void **state)
{
    (void)state;
    assert_read(with(SECTIONS, "\"sections\": [ ]"));
    assert_int_equal(info.metadata.count, 0);
    assert_ptr_equal(info.metadata.bytes, memory);
}

static const char *const member_names[MEMBERS] = {"type",       "schema",        "size",
                                                  "sha256",     "launch-digest", "reset-address",
                                                  "hash-table", "secret",        "sections"};

static void every_member_is_required_once(void **state)
{
    (void)state;
    for (int i = 0; i < MEMBERS; i++) {
        char twice[400];
        assert_refused(with(i, i == TYPE ? "\"schema\": 1" : members[TYPE]),
                       SEVL_FIRMWARE_INFO_TWICE, i == TYPE ? 3 : 2 + (size_t)i,
                       i == TYPE ? "schema" : "type");
        (void)snprintf(twice, sizeof twice, "%s,\n%s", members[i], members[i]);
        assert_refused(with(i, twice), SEVL_FIRMWARE_INFO_TWICE, 3 + (size_t)i, member_names[i]);
        if (i != TYPE)
            assert_refused(with(i, ""), SEVL_FIRMWARE_INFO_MISSING, 2 + MEMBERS, member_names[i]);
    }
    assert_refused("{}", SEVL_FIRMWARE_INFO_MISSING, 1, "type");
}

static void no_other_member_is_taken(void **state)
{
    (void)state;
    static const char *const others[] = {"x", "", "Size", "size ", "siz", "sha-256", "a\\u00e9"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        char text[400];
        (void)snprintf(text, sizeof text, "%s,\n\"%s\": 1", members[SIZE], others[i]);
        assert_refused(with(SIZE, text), SEVL_FIRMWARE_INFO_UNKNOWN, 5, others[i]);
    }
    assert_refused(with(TABLE, "\"hash-table\": {\"base\": 1, \"size\": 2, \"type\": 1}"),
                   SEVL_FIRMWARE_INFO_UNKNOWN, 8, "type");
}

static void other_files_are_refused(void **state)
{
    (void)state;
    static const char *const types[] = {"\"type\": \"sevlaunch-reference-values\"",
                                        "\"type\": \"\"",
                                        "\"type\": 1",
                                        "\"type\": null",
                                        "\"type\": {}",
                                        NULL};
    static const char *const schemas[] = {"\"schema\": 0",
                                          "\"schema\": 2",
                                          "\"schema\": \"1\"",
                                          "\"schema\": 4294967297",
                                          "\"schema\": 1.0",
                                          "\"schema\": []",
                                          NULL};
    assert_values(TYPE, types, SEVL_FIRMWARE_INFO_OTHER_TYPE, "type");
    assert_values(SCHEMA, schemas, SEVL_FIRMWARE_INFO_OTHER_SCHEMA, "schema");
    assert_refused("[]", SEVL_FIRMWARE_INFO_OTHER_TYPE, 1, NULL);
    assert_refused("\n1 ", SEVL_FIRMWARE_INFO_OTHER_TYPE, 2, NULL);
    assert_refused("", SEVL_FIRMWARE_INFO_NOT_JSON, 1, NULL);
    assert_refused("\n\nx", SEVL_FIRMWARE_INFO_NOT_JSON, 3, NULL);
    assert_refused("\xef\xbb\xbf{}", SEVL_FIRMWARE_INFO_NOT_JSON, 1, NULL);
}

/* Nothing may be missing but blanks at the end, nor follow. */
static void a_part_is_refused(void **state)
{
    (void)state;
    char text[2000];
    size_t line = 1;
    size_t length = strlen(all()) - 1;
    for (size_t i = 0; i < length; i++) {
        (void)snprintf(text, i + 1, "%s", all());
        if (read(text) != SEVL_ERROR_ENCODING || problem.fault == SEVL_FIRMWARE_INFO_NO_FAULT)
            fail_msg("taken: %s", text);
        assert_in_range(problem.line, 1, line);
        line += all()[i] == '\n';
    }
    (void)snprintf(text, sizeof text, "%s{}", all());
    assert_refused(text, SEVL_FIRMWARE_INFO_NOT_JSON, 3 + MEMBERS, NULL);
    (void)snprintf(text, sizeof text, "%s,", all());
    assert_refused(text, SEVL_FIRMWARE_INFO_NOT_JSON, 3 + MEMBERS, NULL);
}

/* Where a value is to come, in each of the ways in which values are read. */
static void what_is_not_json_is_refused(void **state)
{
    (void)state;
    for (int i = 0; i < MEMBERS; i++) {
        char text[100];
        (void)snprintf(text, sizeof text, "\"%s\": x", member_names[i]);
        assert_refused(with(i, text), SEVL_FIRMWARE_INFO_NOT_JSON, 2 + (size_t)i, NULL);
    }
    static const char *const tables[] = {"\"hash-table\": {\"base\": x}", "\"hash-table\": {x}",
                                         "\"hash-table\": {\"base\" 1}",
                                         "\"hash-table\": {\"base\": 1, \"size\": 2,}", NULL};
    static const char *const sections[] = {"\"sections\": [x]", "\"sections\": [{\"base\": x}]",
                                           "\"sections\": [" SECTION_A " x]",
                                           "\"sections\": [" SECTION_A ",]", NULL};
    assert_values(TABLE, tables, SEVL_FIRMWARE_INFO_NOT_JSON, NULL);
    assert_values(SECTIONS, sections, SEVL_FIRMWARE_INFO_NOT_JSON, NULL);
}

static void numbers_have_their_range(void **state)
{
    (void)state;
    static const char *const sizes[] = {"\"size\": 0",        "\"size\": 4095",
                                        "\"size\": 4097",     "\"size\": 4294971392",
                                        "\"size\": \"4096\"", "\"size\": 18446744073709555712",
                                        "\"size\": -4096",    "\"size\": 4096.0",
                                        "\"size\": null",     NULL};
    static const char *const resets[] = {"\"reset-address\": 4294967296",
                                         "\"reset-address\": 1e3",
                                         "\"reset-address\": -0",
                                         "\"reset-address\": \"1\"",
                                         "\"reset-address\": 18446744073709551617",
                                         "\"reset-address\": true",
                                         "\"reset-address\": [1]",
                                         NULL};
    assert_values(SIZE, sizes, SEVL_FIRMWARE_INFO_FIRMWARE_SIZE, "size");
    assert_values(RESET, resets, SEVL_FIRMWARE_INFO_NUMBER, "reset-address");
    assert_read(with(RESET, "\"reset-address\": 4294967295"));
    assert_int_equal(info.footer.reset_address, UINT32_MAX);
    assert_read(with(RESET, "\"reset-address\": 0"));
    assert_int_equal(info.footer.reset_address, 0);
    assert_read(with(RESET, "\"reset-address\": 1987654320"));
    assert_int_equal(info.footer.reset_address, 1987654320);
}

static void digests_have_all_digits(void **state)
{
    (void)state;
    static const char *const hashes[] = {"\"sha256\": \"\"",
                                         "\"sha256\": \"" SHA384 "\"",
                                         "\"sha256\": \"" SHA256 "0\"",
                                         "\"sha256\": \"0" SHA256 "\"",
                                         "\"sha256\": 1",
                                         "\"sha256\": null",
                                         "\"sha256\": [\"\"]",
                                         NULL};
    static const char *const digests[] = {"\"launch-digest\": \"" SHA256 "\"",
                                          "\"launch-digest\": \"" SHA384 "00\"",
                                          "\"launch-digest\": {}", NULL};
    assert_values(HASH, hashes, SEVL_FIRMWARE_INFO_SHA256, "sha256");
    assert_values(DIGEST, digests, SEVL_FIRMWARE_INFO_SHA384, "launch-digest");
    for (size_t i = 0; i < 64; i++) {
        static const char *const others[] = {"g", "/",   ":",       "@",    "G", "`",
                                             " ", "\\n", "\\u0130", "\xc3", NULL};
        for (size_t n = 0; others[n] != NULL; n++) {
            char text[200];
            (void)snprintf(text, sizeof text, "\"sha256\": \"%.*s%s%s\"", (int)i, SHA256, others[n],
                           SHA256 + i + 1);
            assert_refused(with(HASH, text), SEVL_FIRMWARE_INFO_SHA256, 5, "sha256");
        }
    }
    assert_read(with(HASH, "\"sha256\": \"\\u00300" SHA256_REST "\""));
}

static void areas_are_objects(void **state)
{
    (void)state;
    static const char *const areas[] = {"\"secret\": []", "\"secret\": [{\"base\": 1}]",
                                        "\"secret\": null", "\"secret\": 1", NULL};
    static const char *const numbers[] = {"\"secret\": {\"base\": \"1\", \"size\": 1}",
                                          "\"secret\": {\"base\": 4294967296, \"size\": 1}",
                                          "\"secret\": {\"base\": {}, \"size\": 1}", NULL};
    assert_values(SECRET, areas, SEVL_FIRMWARE_INFO_AREA, "secret");
    assert_values(SECRET, numbers, SEVL_FIRMWARE_INFO_NUMBER, "base");
    assert_refused(with(SECRET, "\"secret\": {\"base\": 1}"), SEVL_FIRMWARE_INFO_MISSING, 9,
                   "size");
    assert_refused(with(SECRET, "\"secret\": {}"), SEVL_FIRMWARE_INFO_MISSING, 9, "base");
    assert_refused(with(SECRET, "\"secret\": {\"size\": 1, \"size\": 1}"), SEVL_FIRMWARE_INFO_TWICE,
                   9, "size");
}

#define SECTION(base, size) "{\"base\": " base ", \"size\": " size ", \"type\": 1}"

/* As strictly as those of an image: whole pages, one at least, below 4 GiB, without overlap. */
static void sections_are_checked(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "\"sections\": [" SECTION("4095", "4096") "]",
        "\"sections\": [" SECTION("4096", "4097") "]",
        "\"sections\": [" SECTION("4096", "0") "]",
        "\"sections\": [" SECTION("4294963200", "8192") "]",
        "\"sections\": [" SECTION("8192", "4096") "," SECTION("4096", "8192") "]",
        "\"sections\": [" SECTION("4096", "8192") "," SECTION("16384",
                                                              "4096") "," SECTION("8192",
                                                                                  "4096") "]",
        NULL};
    static const char *const others[] = {"\"sections\": {}",
                                         "\"sections\": 1",
                                         "\"sections\": [1]",
                                         "\"sections\": [[]]",
                                         "\"sections\": [" SECTION_A ", 1]",
                                         "\"sections\": [null]",
                                         NULL};
    assert_values(SECTIONS, wrong, SEVL_FIRMWARE_INFO_SECTION, "sections");
    assert_refused(with(SECTIONS, "\"sections\": [\n" SECTION_A ",\n" SECTION_A "]"),
                   SEVL_FIRMWARE_INFO_SECTION, 12, "sections");
    assert_refused(with(SECTIONS, "\"sections\": [{\"base\": 0, \"size\": 4096}]"),
                   SEVL_FIRMWARE_INFO_MISSING, 10, "type");
    assert_values(SECTIONS, others, SEVL_FIRMWARE_INFO_SECTIONS, "sections");
    assert_read(
        with(SECTIONS, "\"sections\": [" SECTION("4096", "4096") "," SECTION("0", "4096") "]"));
}

static void there_is_memory_for_all_sections(void **state)
{
    (void)state;
    assert_int_equal(read_with(all(), 2), SEVL_OK);
    for (size_t capacity = 0; capacity < 2; capacity++) {
        assert_int_equal(read_with(all(), capacity), SEVL_ERROR_LENGTH);
        assert_int_equal(problem.fault, SEVL_FIRMWARE_INFO_FULL);
        assert_int_equal(problem.line, 10);
        assert_true(is_zero(&info, sizeof info));
    }
    assert_int_equal(read_with(with(SECTIONS, "\"sections\": []"), 0), SEVL_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_member_is_read),
        cmocka_unit_test(members_have_any_order),
        cmocka_unit_test(there_may_be_no_sections),
        cmocka_unit_test(every_member_is_required_once),
        cmocka_unit_test(no_other_member_is_taken),
        cmocka_unit_test(other_files_are_refused),
        cmocka_unit_test(a_part_is_refused),
        cmocka_unit_test(what_is_not_json_is_refused),
        cmocka_unit_test(numbers_have_their_range),
        cmocka_unit_test(digests_have_all_digits),
        cmocka_unit_test(areas_are_objects),
        cmocka_unit_test(sections_are_checked),
        cmocka_unit_test(there_is_memory_for_all_sections),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
