/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include <sevlaunch/host/launch_info.h>
#include <string.h>

#include "support.h"

/* 48 bytes: 0x00, 0x01, ... 0x2f. */
#define BASE64 "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4v"

static struct sevl_launch_info info;

static enum sevl_result read(const char *text)
{
    memset(&info, 0xff, sizeof info);
    return sevl_launch_info_read(&info, text, strlen(text));
}

static void assert_refused(const char *text, enum sevl_result expected)
{
    if (read(text) != expected)
        fail_msg("not refused as it should be: %s", text);
    assert_true(is_zero(&info, sizeof info));
}

static void assert_malformed(const char *text)
{
    assert_refused(text, SEVL_ERROR_ENCODING);
}

static void assert_absent(const char *text)
{
    assert_refused(text, SEVL_ERROR_ABSENT);
}

static void assert_read(const char *text)
{
    if (read(text) != SEVL_OK)
        fail_msg("refused: %s", text);
}

static void assert_all(const char *text)
{
    assert_read(text);
    assert_true(info.has_measurement && info.has_api_major && info.has_api_minor &&
                info.has_build && info.has_policy);
    for (uint8_t i = 0; i < sizeof info.evidence.measurement; i++)
        assert_int_equal(((const uint8_t *)&info.evidence.measurement)[i], i);
    assert_int_equal(info.evidence.launch.api_major, 1);
    assert_int_equal(info.evidence.launch.api_minor, 51);
    assert_int_equal(info.evidence.launch.build, 13);
    assert_int_equal(info.evidence.launch.policy, 65539);
}

static void virsh_is_read(void **state)
{
    (void)state;
    assert_all("sev-measurement: " BASE64 "\n"
               "sev-api-major  : 1\n"
               "sev-api-minor  : 51\n"
               "sev-build-id   : 13\n"
               "sev-policy     : 65539\n"
               "sev-secret-table: 0x810000\n"
               "another name: x\n\n");
    assert_all("\t sev-policy:65539 \r\nsev-build-id:13\r\n \r\nsev-api-minor: 51\r\n"
               "sev-api-major: 1\r\nsev-measurement:" BASE64);
}

static void qmp_is_read(void **state)
{
    (void)state;
    assert_all("{\"return\": {\"enabled\": true, \"api-major\": 1, \"api-minor\": 51, "
               "\"build-id\": 13, \"policy\": 65539, \"state\": \"launch-secret\"}}\n"
               "{\"return\": {\"data\": \"" BASE64 "\"}, \"id\": \"libvirt-1\"}\n");
    assert_all("{\"api-major\": 1, \"api-minor\": 51, \"build-id\": 13, \"policy\": 65539, "
               "\"data\": \"" BASE64 "\"}");
}

static void each_value_may_be_alone(void **state)
{
    (void)state;
    assert_read("sev-api-major: 0");
    assert_true(info.has_api_major && !info.has_api_minor && !info.has_measurement);
    assert_read("sev-api-minor: 255");
    assert_true(info.has_api_minor && !info.has_build);
    assert_read("sev-build-id: 255");
    assert_true(info.has_build && !info.has_policy);
    assert_read("sev-policy: 4294967295");
    assert_true(info.has_policy && !info.has_api_major);
    assert_int_equal(info.evidence.launch.policy, UINT32_MAX);
    assert_read("sev-measurement: " BASE64);
    assert_true(info.has_measurement && !info.has_policy);
    assert_read("{\"data\": \"" BASE64 "\"}");
    assert_true(info.has_measurement);
}

static void numbers_have_limits(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "sev-api-major: 256",     "sev-api-minor: 256",
        "sev-build-id: 256",      "sev-policy: 4294967296",
        "sev-policy: 4294967300", "sev-policy: 42949672950",
        "sev-policy: -1",         "sev-policy: 0x3",
        "sev-policy: 3 3",        "sev-policy:",
        "sev-policy: 3/",         "sev-policy: 3:",
        "{\"policy\": -1}",       "{\"policy\": 4294967296}",
        "{\"build-id\": 256}",    "{\"policy\": 1.5}",
        "{\"policy\": true}",     "{\"policy\": \"\"}",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_malformed(wrong[i]);
}

static void a_value_is_given_once(void **state)
{
    (void)state;
    assert_malformed("sev-api-major: 1\nsev-api-major: 1");
    assert_malformed("sev-api-minor: 1\nsev-api-minor: 1");
    assert_malformed("sev-build-id: 1\nsev-build-id: 1");
    assert_malformed("sev-policy: 1\nsev-policy: 1");
    assert_malformed("sev-measurement: " BASE64 "\nsev-measurement: " BASE64);
    assert_malformed("sev-measurement: " BASE64 "\nsev-data: " BASE64);
    assert_malformed("{\"policy\": 1, \"policy\": 1}");
}

static void measurements_are_whole(void **state)
{
    (void)state;
    assert_malformed("sev-measurement:");
    assert_malformed("sev-measurement: AAEC");
    assert_malformed("sev-measurement: " BASE64 "AAEC");
    assert_malformed("{\"data\": \"AAEC\"}");
}

static void what_is_none_is_told(void **state)
{
    (void)state;
    static const char *const without[] = {
        "",
        " \t\r\n",
        "\n\n",
        "sev-: 1",
        "sev: 1",
        "sev-other: 1",
        "api-major: 1",
        "se: 1",
        ":",
        ":\n:",
        "name: sev-policy: 1",
        "{}",
        "[]",
        "{\"return\": {}}",
        "{\"other\": 1}",
        "sev-api-majors: 1",
        "sev-api-majo: 1",
        "sev-xpi-major: 1",
        "xev-policy: 1",
        "xev-measurement: 1",
        "sev-measuremen: x",
        "{\"sev-policy\": 1}",
    };
    for (size_t i = 0; i < sizeof without / sizeof *without; i++)
        assert_absent(without[i]);
    assert_malformed("no colon");
    assert_malformed("sev-policy: 1\nno colon");
    assert_malformed("no colon\nsev-policy: 1");
}

/* Members of a reply, or of what it returns: at no other depth, and never as a value. */
static void names_count_where_qemu_has_them(void **state)
{
    (void)state;
    assert_absent("{\"return\": {\"nested\": {\"policy\": 1}}}");
    assert_absent("{\"event\": {\"policy\": 1}}");
    assert_absent("{\"x\": \"policy\"}");
    assert_absent("[\"policy\", 1]");
    assert_absent("{\"return\": [{\"policy\": 1}]}");
    assert_absent("[{\"policy\": 1}]");
    assert_absent("{} \"policy\": \"1\"");
    assert_absent("[\"policy\": 1]");
    assert_read("{\"return\": {\"policy\": 1}}");
    assert_read("{\"x\": \"policy\", \"policy\": 1}");
    assert_int_equal(info.evidence.launch.policy, 1);
}

static void json_is_whole(void **state)
{
    (void)state;
    assert_malformed("{\"policy\": 1");
    assert_malformed("[");
    assert_malformed("{\"policy\": 1}}");
    assert_malformed("{\"policy\": 1]");
}

/* A token for the object, for each name and value, and for each value in a list. */
static void json_of_so_many_tokens_is_read(void **state)
{
    (void)state;
    for (size_t tokens = 126; tokens <= 130; tokens++) {
        char text[2048] = "{\"policy\":1,\"x\":[1";
        for (size_t i = 6; i < tokens; i++)
            strcat(text, ",1");
        strcat(text, "]}");
        assert_int_equal(read(text), tokens <= 128 ? SEVL_OK : SEVL_ERROR_ENCODING);
    }
}

/* The text has no end but its length. */
static void no_byte_after_the_text_is_read(void **state)
{
    (void)state;
    assert_int_equal(sevl_launch_info_read(&info, "sev-policy: 12", 13), SEVL_OK);
    assert_int_equal(info.evidence.launch.policy, 1);
    assert_int_equal(sevl_launch_info_read(&info, "{\"policy\": 1}}", 13), SEVL_OK);
    assert_int_equal(sevl_launch_info_read(&info, "sev-policy: 1 ", 0), SEVL_ERROR_ABSENT);
    static const char text[1];
    assert_int_equal(sevl_launch_info_read(&info, text + sizeof text, 0), SEVL_ERROR_ABSENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(virsh_is_read),
        cmocka_unit_test(qmp_is_read),
        cmocka_unit_test(each_value_may_be_alone),
        cmocka_unit_test(numbers_have_limits),
        cmocka_unit_test(a_value_is_given_once),
        cmocka_unit_test(measurements_are_whole),
        cmocka_unit_test(what_is_none_is_told),
        cmocka_unit_test(names_count_where_qemu_has_them),
        cmocka_unit_test(json_is_whole),
        cmocka_unit_test(json_of_so_many_tokens_is_read),
        cmocka_unit_test(no_byte_after_the_text_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
