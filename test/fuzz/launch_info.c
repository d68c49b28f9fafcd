/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * What was read, written again as lines and as JSON, twice, is read as the same; what is
 * wrong lies in the text; a number is read if and only if it fits its field.
 */
#include <inttypes.h>
#include <sevlaunch/base64.h>
#include <sevlaunch/host/launch_info.h>

#include "fuzz.h"

static bool has_any(const struct sevl_launch_info *info)
{
    return info->has_measurement || info->has_api_major || info->has_api_minor || info->has_build ||
           info->has_policy;
}

/* Missing values are zero. */
static void check_absent(const struct sevl_launch_info *info)
{
    const struct sevl_launch *launch = &info->evidence.launch;
    REQUIRE(info->has_measurement ||
            is_zero(&info->evidence.measurement, sizeof info->evidence.measurement));
    REQUIRE(info->has_api_major || launch->api_major == 0);
    REQUIRE(info->has_api_minor || launch->api_minor == 0);
    REQUIRE(info->has_build || launch->build == 0);
    REQUIRE(info->has_policy || launch->policy == 0);
}

struct writer {
    bool is_json;
    size_t used;
    char text[1024];
};

static void put(struct writer *writer, bool has, const char *name, const char *value)
{
    const char *form = writer->is_json ? "%s\"%s\": %s" : "%ssev-%s : %s\n";
    const char *before = writer->is_json && writer->text[writer->used - 1] != '{' ? ", " : "";
    if (has)
        writer->used +=
            (size_t)snprintf(writer->text + writer->used, sizeof writer->text - writer->used, form,
                             before, name, value);
}

static void put_number(struct writer *writer, bool has, const char *name, uint32_t number)
{
    char value[16];
    (void)snprintf(value, sizeof value, "%" PRIu32, number);
    put(writer, has, name, value);
}

static void put_measurement(struct writer *writer, const struct sevl_launch_info *info)
{
    char value[SEVL_BASE64_SIZE(sizeof info->evidence.measurement)];
    char quoted[sizeof value + 2];
    REQUIRE(sevl_base64_encode((const uint8_t *)&info->evidence.measurement,
                               sizeof info->evidence.measurement, value, sizeof value) == SEVL_OK);
    (void)snprintf(quoted, sizeof quoted, writer->is_json ? "\"%s\"" : "%s", value);
    put(writer, info->has_measurement, writer->is_json ? "data" : "measurement", quoted);
}

static void put_all(struct writer *writer, const struct sevl_launch_info *info)
{
    if (writer->is_json)
        writer->text[writer->used++] = '{';
    put_number(writer, info->has_api_major, "api-major", info->evidence.launch.api_major);
    put_number(writer, info->has_api_minor, "api-minor", info->evidence.launch.api_minor);
    put_number(writer, info->has_build, "build-id", info->evidence.launch.build);
    put_number(writer, info->has_policy, "policy", info->evidence.launch.policy);
    put_measurement(writer, info);
    if (writer->is_json)
        writer->text[writer->used++] = '}';
}

static void check_again(const struct sevl_launch_info *info, bool is_json)
{
    struct writer writer = {.is_json = is_json};
    struct sevl_launch_info again;
    struct sevl_launch_info_problem problem;
    put_all(&writer, info);
    writer.is_json = !is_json;
    put_all(&writer, info);
    REQUIRE(sevl_launch_info_read(&again, &problem, writer.text, writer.used) == SEVL_OK);
    REQUIRE(problem.fault == SEVL_INFO_NO_FAULT);
    REQUIRE(memcmp(&again, info, sizeof again) == 0);
}

static size_t lines_before(const uint8_t *text, size_t offset)
{
    size_t lines = 0;
    for (size_t i = 0; i < offset; i++)
        lines += text[i] == '\n';
    return lines;
}

static bool is_inside(const struct sevl_launch_info_part *part, size_t size)
{
    return part->offset <= size && part->length <= size - part->offset;
}

static void check_problem(const struct sevl_launch_info_problem *problem, enum sevl_result result,
                          const uint8_t *text, size_t size)
{
    bool has_line = problem->fault >= SEVL_INFO_CUT;
    REQUIRE(problem->fault <= SEVL_INFO_HOST_ERROR);
    REQUIRE(is_inside(&problem->name, size) && is_inside(&problem->value, size));
    REQUIRE(problem->line == (has_line ? 1 + lines_before(text, problem->name.offset) : 0));
    REQUIRE(problem->name.length == 0 ||
            problem->name.offset + problem->name.length < problem->value.offset);
    REQUIRE(result != SEVL_OK || problem->fault == SEVL_INFO_NO_FAULT ||
            problem->fault == SEVL_INFO_HOST_ERROR);
    REQUIRE((result == SEVL_ERROR_DUPLICATE) == (problem->fault == SEVL_INFO_CONFLICT));
}

/* Up to 20 characters: strtoull() says which are too large. */
static void check_number(const uint8_t *data, size_t size)
{
    struct sevl_launch_info info;
    struct sevl_launch_info_problem problem;
    char line[40];
    char digits[21] = "";
    memcpy(digits, data, size < 20 ? size : 20);
    bool is_hexadecimal = digits[0] == '0' && (digits[1] == 'x' || digits[1] == 'X') && size > 2;
    size_t start = is_hexadecimal ? 2 : 0;
    int base = is_hexadecimal ? 16 : 10;
    const char *allowed = is_hexadecimal ? "0123456789abcdefABCDEF" : "0123456789";
    bool is_number = size <= 20 && size > 0 && strspn(digits + start, allowed) == size - start &&
                     strtoull(digits, NULL, base) <= UINT32_MAX;
    int length = snprintf(line, sizeof line, "sev-policy:%s", digits);
    if (size > 20 || strlen(digits) != size || strpbrk(digits, " \t\r\n:") != NULL)
        return;
    enum sevl_result result = sevl_launch_info_read(&info, &problem, line, (size_t)length);
    REQUIRE((result == SEVL_OK) == is_number);
    REQUIRE(!is_number || info.evidence.launch.policy == strtoull(digits, NULL, base));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sevl_launch_info info;
    struct sevl_launch_info_problem problem;
    char *text = copy(data, size);
    enum sevl_result result = sevl_launch_info_read(&info, &problem, text, size);
    free(text);
    check_number(data, size);
    check_problem(&problem, result, data, size);
    REQUIRE((result == SEVL_OK) == has_any(&info));
    if (result != SEVL_OK) {
        REQUIRE(result == SEVL_ERROR_ABSENT || result == SEVL_ERROR_ENCODING ||
                result == SEVL_ERROR_DUPLICATE);
        REQUIRE(is_zero(&info, sizeof info));
        return 0;
    }
    check_absent(&info);
    check_again(&info, false);
    check_again(&info, true);
    return 0;
}
