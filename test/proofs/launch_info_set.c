/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * What a value of each name sets, for values of 0 to 4 characters and anything that was set
 * before. A second value of one name is refused, and nothing changes; one that is no number
 * or does not fit is refused, too. No member of another name changes.
 */
#include "proof.h"

#include <core/host/launch_info.c>

static enum sevl_result decoding = SEVL_OK;

enum sevl_result sevl_measurement_from_base64(struct sevl_measurement *measurement,
                                              const char *text, size_t length)
{
    PROVE(length == 0 || __CPROVER_r_ok(text, length));
    measurement->mnonce[0] = 1;
    decoding = nondet_bool() ? SEVL_OK : SEVL_ERROR_LENGTH;
    return decoding;
}

static struct text text_of(const char *name)
{
    struct text text = {name, 0};
    while (name[text.length] != '\0')
        text.length++;
    return text;
}

/* Returns the value of a text of digits, or more than any member takes. */
static uint32_t number_of(struct text text)
{
    uint32_t value = text.length == 0 ? UINT32_MAX : 0;
    for (size_t i = 0; i < text.length; i++)
        value = text.start[i] < '0' || text.start[i] > '9' || value == UINT32_MAX
                    ? UINT32_MAX
                    : 10 * value + (uint32_t)(text.start[i] - '0');
    return value;
}

static bool is_same(const struct sevl_launch_info *a, const struct sevl_launch_info *b)
{
    size_t i = any_below(sizeof *a);
    return ((const uint8_t *)a)[i] == ((const uint8_t *)b)[i];
}

/* The member for a value of this name, if the value could not be read. */
static void allow_change(int name, struct sevl_launch_info *to, const struct sevl_launch_info *from)
{
    if (name == 3) {
        to->has_policy = from->has_policy;
        to->evidence.launch.policy = from->evidence.launch.policy;
    }
    if (name == 4) {
        to->has_measurement = from->has_measurement;
        to->evidence.measurement = from->evidence.measurement;
    }
}

static void set_name(int name, struct text value)
{
    static const char *const names[] = {"api-major", "api-minor", "build-id", "policy",
                                        "data",      "Policy",    "polic"};
    struct sevl_launch_info info;
    uint32_t number = number_of(value);
    info.has_measurement = nondet_bool();
    info.has_api_major = nondet_bool();
    info.has_api_minor = nondet_bool();
    info.has_build = nondet_bool();
    info.has_policy = nondet_bool();
    struct sevl_launch_info expected = info;
    bool *const has[] = {&expected.has_api_major, &expected.has_api_minor, &expected.has_build,
                         &expected.has_policy, &expected.has_measurement};
    bool had = name < 5 && *has[name];

    bool result = set_info_value(&info, text_of(names[name]), value);

    REACHES(result && number == 255);
    REACHES(!result && number == 256);
    PROVE(result == (name >= 5 || (!had && (name == 4   ? decoding == SEVL_OK
                                            : name == 3 ? number != UINT32_MAX
                                                        : number <= UINT8_MAX))));
    if (!result && !had)
        allow_change(name, &expected, &info);
    if (!result) {
        PROVE(is_same(&info, &expected));
        return;
    }
    if (name < 5)
        *has[name] = true;
    if (name == 0)
        expected.evidence.launch.api_major = (uint8_t)number;
    if (name == 1)
        expected.evidence.launch.api_minor = (uint8_t)number;
    if (name == 2)
        expected.evidence.launch.build = (uint8_t)number;
    if (name == 3)
        expected.evidence.launch.policy = number;
    if (name == 4)
        expected.evidence.measurement.mnonce[0] = 1;
    PROVE(is_same(&info, &expected));
}

int main(void)
{
    char memory[4];
    size_t chosen = nondet_size();
    int name = nondet_int();
    for (size_t length = 0; length <= sizeof memory; length++)
        for (int i = 0; i < 7; i++)
            if (length == chosen && i == name)
                set_name(i, (struct text){ENDING(memory, length), length});
}
