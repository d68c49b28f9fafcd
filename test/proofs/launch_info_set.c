/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * What a value of each name sets, for values of 0 to 4 characters and anything that was
 * set before: one that differs from what is there already is refused, and so is one that
 * is no number or does not fit. Then nothing changes, and the name and the value are told.
 */
#include "proof.h"

#include <core/host/info_entry.c>

static bool is_decoded;

bool sevl_constant_time_equal(const uint8_t *a, const uint8_t *b, size_t size)
{
    bool is_equal = true;
    for (size_t i = 0; i < size; i++)
        is_equal = is_equal && a[i] == b[i];
    return is_equal;
}

enum sevl_result sevl_measurement_from_base64(struct sevl_measurement *measurement,
                                              const char *text, size_t length)
{
    PROVE(length == 0 || __CPROVER_r_ok(text, length));
    measurement->mnonce[0] = 1;
    is_decoded = nondet_bool();
    return is_decoded ? SEVL_OK : SEVL_ERROR_LENGTH;
}

static size_t length_of(const char *name)
{
    size_t length = 0;
    while (name[length] != '\0')
        length++;
    return length;
}

/* The value of a text of digits, or more than any member takes. */
static uint32_t number_of(struct sevl_text text)
{
    bool is_hexadecimal =
        text.length > 2 && text.start[0] == '0' && (text.start[1] == 'x' || text.start[1] == 'X');
    uint32_t base = is_hexadecimal ? 16 : 10;
    uint32_t value = text.length == 0 ? UINT32_MAX : 0;
    for (size_t i = is_hexadecimal ? 2 : 0; i < text.length; i++) {
        int digit = sevl_hex_digit(text.start[i]);
        bool is_right = digit >= 0 && (uint32_t)digit < base && value != UINT32_MAX;
        value = is_right ? base * value + (uint32_t)digit : UINT32_MAX;
    }
    return value;
}

static bool is_same(const struct sevl_launch_info *a, const struct sevl_launch_info *b)
{
    size_t i = any_below(sizeof *a);
    return ((const uint8_t *)a)[i] == ((const uint8_t *)b)[i];
}

static enum sevl_launch_info_fault fault_of(int name, uint32_t number, bool had, bool is_equal)
{
    if (name >= 6)
        return SEVL_INFO_NO_FAULT;
    if (name < 3 && number > UINT8_MAX)
        return SEVL_INFO_BYTE;
    if (name == 3 && number == UINT32_MAX)
        return SEVL_INFO_UINT32;
    if (name == 4 && !is_decoded)
        return SEVL_INFO_MEASUREMENT;
    if (name == 5)
        return SEVL_INFO_SNP;
    return had && !is_equal ? SEVL_INFO_CONFLICT : SEVL_INFO_NO_FAULT;
}

/* The name, a colon and CASE characters. */
static void set_name(int name)
{
    static const char *const names[] = {"sev-api-major", "sev_api_minor", "SEVBuildID",
                                        "sev-policy",    "sev-data",      "sev-snp-policy",
                                        "policy",        "sev-polic"};
    struct sevl_launch_info info;
    struct sevl_launch_info_problem problem = {.fault = SEVL_INFO_NO_FAULT};
    char memory[14 + 1 + 4];
    size_t length = length_of(names[name]);
    char *text = ENDING(memory, length + 1 + CASE);
    memcpy(text, names[name], length);
    struct info_entry entry = {{text, length}, {text + length + 1, CASE}};
    struct info_reader reader = {&info, &problem, text, {text, length + 1 + CASE}};
    uint32_t number = number_of(entry.value);
    info.has_measurement = nondet_bool();
    info.has_api_major = nondet_bool();
    info.has_api_minor = nondet_bool();
    info.has_build = nondet_bool();
    info.has_policy = nondet_bool();
    for (size_t i = 1; i < sizeof info.evidence.measurement; i++)
        ((uint8_t *)&info.evidence.measurement)[i] = 0;
    struct sevl_launch_info expected = info;
    struct sevl_launch *launch = &expected.evidence.launch;
    bool *const has[] = {&expected.has_api_major, &expected.has_api_minor, &expected.has_build,
                         &expected.has_policy, &expected.has_measurement};
    bool had = name < 5 && *has[name];

    bool result = sevl_info_set_field(&reader, sevl_info_field_of(entry.name, true), &entry);

    bool is_equal = name == 0   ? launch->api_major == number
                    : name == 1 ? launch->api_minor == number
                    : name == 2 ? launch->build == number
                    : name == 3 ? launch->policy == number
                                : false;
    enum sevl_launch_info_fault fault = fault_of(name, number, had, is_equal);
    REACHES(result && number == 255 && had);
    REACHES(!result && number == 256);
    REACHES(problem.fault == SEVL_INFO_CONFLICT);
    if (name == 4 && is_decoded && had)
        fault = problem.fault; /* what it is compared with is in test/unit */
    PROVE(problem.fault == fault && result == (fault == SEVL_INFO_NO_FAULT));
    PROVE(result ||
          (problem.line == 1 && problem.name.offset == 0 && problem.name.length == length &&
           problem.value.offset == length + 1 && problem.value.length == CASE));
    if (result && name < 5)
        *has[name] = true;
    if (result && name == 0)
        launch->api_major = (uint8_t)number;
    if (result && name == 1)
        launch->api_minor = (uint8_t)number;
    if (result && name == 2)
        launch->build = (uint8_t)number;
    if (result && name == 3)
        launch->policy = number;
    if (result && name == 4)
        expected.evidence.measurement = info.evidence.measurement;
    PROVE(is_same(&info, &expected));
}

int main(void)
{
    int name = nondet_int();
    for (int i = 0; i < 8; i++)
        if (i == name)
            set_name(i);
}
