/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include <sevlaunch/host/launch_info.h>
#include <stdio.h>
#include <string.h>

#include "support.h"

/* 48 bytes: 0x00, 0x01, ... 0x2f. */
#define BASE64_REST "AECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4v"
#define BASE64 "A" BASE64_REST

/* The same with each way to write a character that JSON has, and blanks. */
#define ESCAPED                                                    \
    "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKiss" \
    "LS4\\u0076 \\t\\r\\n"

static struct sevl_launch_info info;
static struct sevl_launch_info_problem problem;

static enum sevl_result read(const char *text)
{
    memset(&info, 0xff, sizeof info);
    memset(&problem, 0xff, sizeof problem);
    return sevl_launch_info_read(&info, &problem, text, strlen(text));
}

static void assert_part(const char *text, const struct sevl_launch_info_part *part,
                        const char *expected)
{
    assert_int_equal(part->length, strlen(expected));
    assert_memory_equal(text + part->offset, expected, part->length);
}

static void assert_refused(const char *text, enum sevl_result expected,
                           enum sevl_launch_info_fault fault, size_t line, const char *name,
                           const char *value)
{
    if (read(text) != expected || problem.fault != fault)
        fail_msg("not refused as it should be: %s", text);
    assert_true(is_zero(&info, sizeof info));
    assert_int_equal(problem.line, line);
    assert_part(text, &problem.name, name);
    assert_part(text, &problem.value, value);
}

static void assert_fault(const char *text, enum sevl_launch_info_fault fault)
{
    if (read(text) != SEVL_ERROR_ENCODING || problem.fault != fault)
        fail_msg("not refused as it should be: %s", text);
    assert_true(is_zero(&info, sizeof info));
}

static void assert_absent(const char *text)
{
    assert_refused(text, SEVL_ERROR_ABSENT, SEVL_INFO_NONE, 0, "", "");
}

static void assert_read(const char *text)
{
    if (read(text) != SEVL_OK || problem.fault != SEVL_INFO_NO_FAULT)
        fail_msg("refused: %s", text);
    assert_true(is_zero(&problem, sizeof problem));
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
    static const char *const bytes[] = {
        "sev-api-major: 256",  "sev-api-minor: 256",    "sev-build-id: 256", "{\"build-id\": 256}",
        "sev-api-major: 0x",   "sev-api-major: 0x100",  "sev-build-id: x",   "sev-build-id: 1x1",
        "sev-build-id: 0xg",   "{\"api-major\": null}", "sev-build-id: 00x", "sev-build-id: 0y1",
        "sev-api-minor: 9999", "sev-build-id: ",
    };
    static const char *const words[] = {
        "sev-policy: 4294967296",  "sev-policy: 4294967300",
        "sev-policy: 42949672950", "sev-policy: 0x100000000",
        "sev-policy: -1",          "sev-policy: 3a",
        "sev-policy: 3 3",         "sev-policy:",
        "sev-policy: 3/",          "sev-policy: 3:",
        "{\"policy\": -1}",        "{\"policy\": 4294967296}",
        "{\"policy\": 1.5}",       "{\"policy\": true}",
        "{\"policy\": \"\"}",      "{\"policy\": {\"policy\": 3}}",
        "{\"policy\": [3]}",
    };
    for (size_t i = 0; i < sizeof bytes / sizeof *bytes; i++)
        assert_fault(bytes[i], SEVL_INFO_BYTE);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        assert_fault(words[i], SEVL_INFO_UINT32);
    assert_read("sev-policy: 0xFfFfFfFf");
    assert_int_equal(info.evidence.launch.policy, UINT32_MAX);
    assert_read("{\"policy\": \"0X0003\", \"build-id\": \"0xff\"}");
    assert_int_equal(info.evidence.launch.policy, 3);
    assert_int_equal(info.evidence.launch.build, 255);
}

static void the_first_fault_is_told(void **state)
{
    (void)state;
    assert_refused("sev-policy: x\nsev-build-id: y", SEVL_ERROR_ENCODING, SEVL_INFO_UINT32, 1,
                   "sev-policy", "x");
    assert_refused("sev-data: x\nsev-build-id: y", SEVL_ERROR_ENCODING, SEVL_INFO_MEASUREMENT, 1,
                   "sev-data", "x");
    assert_refused("sev-build-id: x\nsev-data: y", SEVL_ERROR_ENCODING, SEVL_INFO_BYTE, 1,
                   "sev-build-id", "x");
    assert_refused("sev-build-id: 1\nsev-build-id: 2\nsev-data: y", SEVL_ERROR_DUPLICATE,
                   SEVL_INFO_CONFLICT, 2, "sev-build-id", "2");
    assert_refused("sev-policy: 1\nsev-policy: 2\nsev-data: y", SEVL_ERROR_DUPLICATE,
                   SEVL_INFO_CONFLICT, 2, "sev-policy", "2");
    static const char twice[] = "sev-data: " BASE64 "\nsev-data: L" BASE64_REST "\nsev-policy: y";
    assert_refused(twice, SEVL_ERROR_DUPLICATE, SEVL_INFO_CONFLICT, 2, "sev-data", "L" BASE64_REST);
    assert_refused("sev-snp-policy: 1\nsev-data: y", SEVL_ERROR_ABSENT, SEVL_INFO_SNP, 1,
                   "sev-snp-policy", "1");
    assert_refused("{\"sev-type\": \"sev-snp\"}\nsev-data: y", SEVL_ERROR_ABSENT, SEVL_INFO_SNP, 1,
                   "sev-type", "sev-snp");
    assert_refused("}\nsev-build-id: y", SEVL_ERROR_ENCODING, SEVL_INFO_NOT_JSON, 1, "", "}");
    assert_refused("{\"enabled\": false, \"api-major\": 0}\nsev-build-id: y", SEVL_ERROR_ABSENT,
                   SEVL_INFO_DISABLED, 1, "enabled", "false");
    assert_refused("{\"policy\": -1, \"build-id\": -1}\nsev-data: y", SEVL_ERROR_ENCODING,
                   SEVL_INFO_UINT32, 1, "policy", "-1");
}

/* As often as it is the same, however it is written. */
static void a_value_has_one_meaning(void **state)
{
    (void)state;
    static const char other[] = "LyECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4v";
    static const char *const names[] = {"sev-api-major", "sev-api-minor", "sev-build-id",
                                        "sev-policy"};
    char text[256];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        (void)snprintf(text, sizeof text, "%s: 0\n%s: 0x0\n{\"%s\": 0}", names[i], names[i],
                       names[i]);
        assert_read(text);
        (void)snprintf(text, sizeof text, "%s: 0\n%s: 1", names[i], names[i]);
        assert_refused(text, SEVL_ERROR_DUPLICATE, SEVL_INFO_CONFLICT, 2, names[i], "1");
    }
    assert_read("sev-measurement: " BASE64 "\nsev-data: " BASE64);
    (void)snprintf(text, sizeof text, "sev-measurement: %s\n\nsev-data: %s", BASE64, other);
    assert_refused(text, SEVL_ERROR_DUPLICATE, SEVL_INFO_CONFLICT, 3, "sev-data", other);
    (void)snprintf(text, sizeof text, "sev-data: %.63sw\nsev-data: %s", BASE64, BASE64);
    assert_refused(text, SEVL_ERROR_DUPLICATE, SEVL_INFO_CONFLICT, 2, "sev-data", BASE64);
}

static void measurements_are_whole(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "sev-measurement:",
        "sev-measurement: AAEC",
        "sev-measurement: " BASE64 "AAEC",
        "sev-measurement: " BASE64 "A",
        "sev-measurement: \"" BASE64 "\"",
        "{\"data\": \"AAEC\"}",
        "{\"data\": {}}",
        "{\"data\": \"" BASE64 "\\u0100\"}",
        "{\"data\": \"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4\\u0176\"}",
        "sev-measurement: \\" BASE64,
        "sev-measurement: " BASE64 "\x80",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_fault(wrong[i], SEVL_INFO_MEASUREMENT);
}

static void no_value_is_told(void **state)
{
    (void)state;
    static const char *const without[] = {
        "",
        "x",
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
        "sxv-policy: 1",
        "sex-policy: 1",
        "xev-measurement: 1",
        "sev-measuremen: x",
        "sev-policy\\: 1",
        "sev-policy\x80: 1",
        "{\"polic\\u0179\": 1}",
        "{\"policy\\u0000\": 1}",
        "{\"sev-measurement-of-it\": 1}",
        "{\"sevmeasurementxy\": 1}",
        "{\"aaaaaaaaaaaaaapolicy\": 1}",
        "no colon",
        "\xef\xbb\xbf",
        "\xef\xbb",
        "\x80\x7f",
    };
    for (size_t i = 0; i < sizeof without / sizeof *without; i++)
        assert_absent(without[i]);
}

/* What a terminal shows around them. */
static void other_lines_are_skipped(void **state)
{
    (void)state;
    static const char *const around[] = {
        "[root@host ~]# virsh domlaunchsecinfo guest\n",
        "user@host:~$ virsh domlaunchsecinfo guest\n",
        "Welcome to virsh, the virtualization interactive terminal.\n\nvirsh # \n",
        "Trying 127.0.0.1...\nConnected to 127.0.0.1.\nEscape character is '^]'.\n",
        "Welcome to the QMP low-level shell!\nConnected to QEMU 8.2.0\n\n(QEMU) query-sev\n",
        "\xef\xbb\xbf",
        "[",
        ",\n",
        "]\n",
    };
    char text[256];
    for (size_t i = 0; i < sizeof around / sizeof *around; i++) {
        (void)snprintf(text, sizeof text, "%ssev-policy: 3\n%s", around[i], around[i]);
        assert_read(text);
        (void)snprintf(text, sizeof text, "%s{\"policy\": 3}%s", around[i], around[i]);
        assert_read(text);
    }
}

/* By libvirt's API, its bindings and KubeVirt. */
static void names_of_other_tools_are_known(void **state)
{
    (void)state;
    assert_all("{\"sev-measurement\": \"" BASE64 "\", \"sev-api-major\": 1, \"sev-api-minor\": 51, "
               "\"sev-build-id\": 13, \"sev-policy\": 65539, \"sev-secret-set-address\": 0}");
    assert_all("{\"sev_measurement\": \"" BASE64 "\", \"sev_api_major\": 1, \"sev_api_minor\": 51, "
               "\"sev_build_id\": 13, \"sev_policy\": 65539}");
    assert_all("{\"SEVMeasurement\": \"" BASE64 "\", \"SEVAPIMajor\": 1, \"SEVAPIMinor\": 51, "
               "\"SEVBuildID\": 13, \"SEVPolicy\": 65539}");
    assert_all("{\"measurement\": \"" BASE64 "\", \"apiMajor\": 1, \"apiMinor\": 51, "
               "\"buildID\": 13, \"policy\": 65539, \"loaderSHA\": \"00\"}");
    assert_all("{\"d\\u0061ta\": \"" ESCAPED "\", \"api\\u002Dmajor\": 1, \"api-minor\": 51, "
               "\"build-id\": 13, \"p\\u006fl\\u0069cy\": 65539, \"\\\"\\\\\\/\\b\\f\": 1}");
}

/* Members of a reply, or of what it returns: at no other depth, and never as a value. */
static void names_count_where_qemu_has_them(void **state)
{
    (void)state;
    assert_absent("{\"return\": {\"nested\": {\"policy\": 1}}}");
    assert_absent("{\"return\": {\"return\": {\"policy\": 1}}}");
    assert_absent("{\"event\": {\"policy\": 1}}");
    assert_absent("{\"event\": \"STOP\", \"policy\": 1, \"data\": {}}");
    assert_absent("{\"data\": {}, \"event\": \"STOP\"}");
    assert_absent("{\"x\": \"policy\"}");
    assert_absent("[\"policy\", 1]");
    assert_absent("{\"return\": [{\"policy\": 1}]}");
    assert_absent("{\"return\": [[\"policy\", 1]]}");
    assert_absent("{\"error\": {\"policy\": 1}}");
    assert_absent("{} \"policy\": \"1\"");
    assert_absent("[\"policy\": 1]");
    assert_read("[{\"policy\": 1}, {\"api-major\": 1}]");
    assert_true(info.has_policy && info.has_api_major);
    assert_read("{\"return\": {\"policy\": 1}}");
    assert_read("{\"return\": {\"event\": 1, \"policy\": 1}}");
    assert_read("{\"x\": \"policy\", \"policy\": 1}");
    assert_int_equal(info.evidence.launch.policy, 1);
}

static void a_guest_of_snp_is_told(void **state)
{
    (void)state;
    assert_refused("sev-api-major  : 1\nsev-snp-policy : 196608\n", SEVL_ERROR_ABSENT,
                   SEVL_INFO_SNP, 2, "sev-snp-policy", "196608");
    assert_refused("{\"api-major\": 1,\n\n \"snp-policy\": 1}", SEVL_ERROR_ABSENT, SEVL_INFO_SNP, 3,
                   "snp-policy", "1");
    assert_refused("{\"policy\": 1}{\"sev-type\": \"sev-snp\"}", SEVL_ERROR_ABSENT, SEVL_INFO_SNP,
                   1, "sev-type", "sev-snp");
    assert_read("{\"sev-type\": \"sev\", \"policy\": 1}");
    assert_true(info.has_policy);
}

static void a_guest_without_sev_is_told(void **state)
{
    (void)state;
    assert_refused("{\"return\": {\"policy\": 0, \"enabled\": false, \"api-major\": 0}}",
                   SEVL_ERROR_ABSENT, SEVL_INFO_DISABLED, 1, "enabled", "false");
    assert_read("{\"return\": {\"policy\": 0, \"enabled\": true, \"api-major\": 0}}");
    /* query-kvm has such a member as well. */
    assert_read("{\"return\": {\"enabled\": false, \"present\": true}} {\"policy\": 1}");
}

static void an_error_of_the_host_is_told(void **state)
{
    (void)state;
    assert_refused(
        "\n{\"error\": {\"class\": \"GenericError\", \"desc\": \"SEV is \\\"off\\\"\"}}\n"
        "{\"error\": {\"desc\": \"later\"}}",
        SEVL_ERROR_ABSENT, SEVL_INFO_HOST_ERROR, 2, "", "SEV is \\\"off\\\"");
    assert_refused("error: failed to get domain 'x'\n", SEVL_ERROR_ABSENT, SEVL_INFO_HOST_ERROR, 1,
                   "", "failed to get domain 'x'");
    assert_refused("error:\n", SEVL_ERROR_ABSENT, SEVL_INFO_HOST_ERROR, 1, "", "");
    assert_absent("{\"error\": {\"desc\": \"\"}}");
    assert_absent("{\"return\": {\"desc\": \"x\"}, \"desc\": \"x\"}");
    assert_int_equal(read("error: x\n{\"policy\": 1}"), SEVL_OK);
    assert_int_equal(problem.fault, SEVL_INFO_HOST_ERROR);
    assert_true(info.has_policy);
    assert_refused("error: x\nsev-policy: y", SEVL_ERROR_ENCODING, SEVL_INFO_UINT32, 2,
                   "sev-policy", "y");
}

static void utf16_is_told(void **state)
{
    (void)state;
    static const char texts[][4] = {"\xff\xfe", "\xfe\xff", "s\0e", "\0s\0"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_int_equal(sevl_launch_info_read(&info, &problem, texts[i], 4), SEVL_ERROR_ENCODING);
        assert_int_equal(problem.fault, SEVL_INFO_UTF16);
        assert_int_equal(problem.line, 0);
    }
    assert_int_equal(sevl_launch_info_read(&info, &problem, "\xff\xfe", 2), SEVL_ERROR_ENCODING);
    static const char others[][2] = {{0, 0}, {0, '\x80'}, {'\x80', 0}, {'s', 'e'}};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_int_equal(sevl_launch_info_read(&info, &problem, others[i], 2), SEVL_ERROR_ABSENT);
}

#define TEN "1234567890"

/* Where it is wrong, or where its object begins. */
static void json_is_whole(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum sevl_launch_info_fault fault;
        size_t line;
        const char *shown;
    } wrong[] = {
        {"{", SEVL_INFO_CUT, 1, "{"},
        {"{\"policy\": 1", SEVL_INFO_CUT, 1, "{\"policy\": 1"},
        {"{\"policy\": 1}\n {\"a\":\n{\"b\"", SEVL_INFO_CUT, 2, "{\"a\":"},
        {"{\"policy\": 1}}", SEVL_INFO_NOT_JSON, 1, "}"},
        {"  \"policy\": 1\n}\n", SEVL_INFO_NOT_JSON, 2, "}"},
        {"}{}", SEVL_INFO_NOT_JSON, 1, "}{}"},
        {"{'policy': 1}", SEVL_INFO_NOT_JSON, 1, "'policy': 1}"},
        {"{\"x\":\n truth}", SEVL_INFO_NOT_JSON, 2, "truth}"},
        {"{\"policy\": 1,\n}", SEVL_INFO_NOT_JSON, 1, ","},
        {"{\"x\": 01}", SEVL_INFO_NOT_JSON, 1, "1}"},
        {"{\"x\": \"\\q\"}", SEVL_INFO_NOT_JSON, 1, "\"\\q\"}"},
        {"{x" TEN TEN TEN TEN, SEVL_INFO_NOT_JSON, 1, "x" TEN TEN TEN "123456789"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_refused(wrong[i].text, SEVL_ERROR_ENCODING, wrong[i].fault, wrong[i].line, "",
                       wrong[i].shown);
    assert_read("{\"x\": [{\"y\": [1]}, [1, 2]], \"policy\" : 1 , \"\": \"\\u12aF\"}");
}

static void numbers_that_kubevirt_leaves_out_are_zero(void **state)
{
    (void)state;
    assert_read("{\"apiMinor\": 51, \"loaderSHA\": \"00\"}");
    assert_true(info.has_api_major && info.has_api_minor && info.has_build && info.has_policy);
    assert_true(!info.has_measurement && info.evidence.launch.api_minor == 51);
    assert_read("{\"loaderSHA\": \"00\"}");
    assert_true(info.has_api_minor);
    assert_read("{\"loaderSHA\": \"00\", \"policy\": 1, \"buildID\": 13, \"apiMajor\": 2}");
    assert_int_equal(info.evidence.launch.policy, 1);
    assert_int_equal(info.evidence.launch.build, 13);
    assert_int_equal(info.evidence.launch.api_major, 2);
    assert_refused("{\"loaderSHA\": \"00\"} {\"policy\": 1}", SEVL_ERROR_DUPLICATE,
                   SEVL_INFO_CONFLICT, 1, "policy", "1");
    assert_absent("{\"event\": \"x\", \"loaderSHA\": \"00\"}");
    assert_absent("{\"x\": {\"loaderSHA\": \"00\"}}");
}

/* As libvirt-go has them. */
static void values_that_are_not_set_are_skipped(void **state)
{
    (void)state;
    assert_all("{\"SEVMeasurementSet\": true, \"SEVMeasurement\": \"" BASE64 "\", "
               "\"SEVAPIMajorSet\": true, \"SEVAPIMajor\": 1, \"SEVAPIMinorSet\": true, "
               "\"SEVAPIMinor\": 51, \"SEVBuildIDSet\": true, \"SEVBuildID\": 13, "
               "\"SEVPolicySet\": true, \"SEVPolicy\": 65539, "
               "\"SEVSNPPolicySet\": false, \"SEVSNPPolicy\": 0}");
    assert_read("{\"SEVMeasurement\": \"\", \"SEVMeasurementSet\": false, \"SEVPolicy\": 3}");
    assert_true(info.has_policy && !info.has_measurement);
    assert_refused("{\"SEVMeasurementSet\": false, \"SEVMeasurement\": \"\", "
                   "\"SEVSNPPolicySet\": true, \"SEVSNPPolicy\": 1}",
                   SEVL_ERROR_ABSENT, SEVL_INFO_SNP, 1, "SEVSNPPolicy", "1");
    assert_absent("{\"policySet\": false, \"policy\": 1}");
    assert_read("{\"policySet\": false, \"policy\": 1}{\"policy\": 2}");
    assert_int_equal(info.evidence.launch.policy, 2);
    assert_read("{\"policySex\": false, \"policyet\": false, \"Set\": false, \"t\": false, "
                "\"policySet\": true, \"policyset\": false, \"policy\": 1}");
    assert_true(info.has_policy);
}

static void control_sequences_are_skipped(void **state)
{
    (void)state;
    assert_read("\x1b[?2004l\rsev-policy: 3\n\x1b[?2004h$ \n");
    assert_read("\x1b[m\x1b[0;1m {\"policy\": 3}\x1b[");
    assert_read("sev-policy: 3\n\x1b[1");
    assert_absent("\x1b");
    assert_absent("\x1bsev-policy: 3");
    assert_absent("x[sev-policy: 3");
    assert_absent("\x1b]sev-policy: 3");
    assert_absent("\x1b[msev");
    assert_absent("x[msev-policy: 3");
    assert_absent("\x1b[");
    assert_read("\x1b[@sev-policy: 3");
    assert_read("\x1b[1\nsev-policy: 3");
    assert_read("\x1b[ qsev-policy: 3");
    assert_read("\x1b[/?~sev-policy: 3");
}

/* The text has no end but its length. */
static void no_byte_past_the_text_is_read(void **state)
{
    (void)state;
    assert_int_equal(sevl_launch_info_read(&info, &problem, "sev-policy: 12", 13), SEVL_OK);
    assert_int_equal(info.evidence.launch.policy, 1);
    assert_int_equal(sevl_launch_info_read(&info, &problem, "{\"policy\": 1}}", 13), SEVL_OK);
    assert_int_equal(sevl_launch_info_read(&info, &problem, "sev-policy: 1 ", 0),
                     SEVL_ERROR_ABSENT);
    assert_int_equal(sevl_launch_info_read(&info, &problem, "\x1b[", 1), SEVL_ERROR_ABSENT);
    static const char text[1];
    assert_int_equal(sevl_launch_info_read(&info, &problem, text + sizeof text, 0),
                     SEVL_ERROR_ABSENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(virsh_is_read),
        cmocka_unit_test(qmp_is_read),
        cmocka_unit_test(each_value_may_be_alone),
        cmocka_unit_test(numbers_have_limits),
        cmocka_unit_test(the_first_fault_is_told),
        cmocka_unit_test(a_value_has_one_meaning),
        cmocka_unit_test(measurements_are_whole),
        cmocka_unit_test(no_value_is_told),
        cmocka_unit_test(other_lines_are_skipped),
        cmocka_unit_test(names_of_other_tools_are_known),
        cmocka_unit_test(names_count_where_qemu_has_them),
        cmocka_unit_test(a_guest_of_snp_is_told),
        cmocka_unit_test(a_guest_without_sev_is_told),
        cmocka_unit_test(an_error_of_the_host_is_told),
        cmocka_unit_test(utf16_is_told),
        cmocka_unit_test(json_is_whole),
        cmocka_unit_test(numbers_that_kubevirt_leaves_out_are_zero),
        cmocka_unit_test(values_that_are_not_set_are_skipped),
        cmocka_unit_test(control_sequences_are_skipped),
        cmocka_unit_test(no_byte_past_the_text_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
