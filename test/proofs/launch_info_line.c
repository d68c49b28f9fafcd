/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * One line of sevl_launch_info_read: "sev-policy:" and 0 to 2 characters after it, and
 * any of 0 to 3; its numbers, of 0 to 3 characters, and of 0 to 2 after the first digits
 * of the largest.
 */
#include "proof.h"

#include <core/host/launch_info.c>

enum sevl_result sevl_measurement_from_base64(struct sevl_measurement *measurement,
                                              const char *text, size_t length)
{
    PROVE(length == 0 || __CPROVER_r_ok(text, length));
    __CPROVER_havoc_object(measurement);
    return nondet_bool() ? SEVL_OK : SEVL_ERROR_LENGTH;
}

static void read_policy(size_t length)
{
    char memory[11 + 2];
    char *text = ENDING(memory, 11 + length);
    struct sevl_launch_info info = {.has_build = false};
    uint32_t value = 0;
    bool is_number = length > 0;
    memcpy(text, "sev-policy:", 11);
    for (size_t i = 11; i < 11 + length; i++) {
        ASSUME(!sevl_is_blank(text[i]));
        is_number = is_number && text[i] >= '0' && text[i] <= '9';
        value = is_number ? 10 * value + (uint32_t)(text[i] - '0') : 0;
    }
    bool result = read_line(&info, (struct text){text, 11 + length});
    REACHES(result && info.evidence.launch.policy == 42);
    PROVE(result == is_number && info.has_policy);
    PROVE(!result || info.evidence.launch.policy == value);
    PROVE(!info.has_measurement && !info.has_api_major && !info.has_api_minor && !info.has_build);
}

/* `known` characters with a given value, and more. */
static void read_digits(const char *start, size_t known, uint64_t value, size_t more)
{
    char memory[11];
    char *text = ENDING(memory, known + more);
    uint32_t max = nondet_bool() ? UINT8_MAX : UINT32_MAX;
    uint32_t number = 0;
    bool is_number = known + more > 0;
    for (size_t i = 0; i < known; i++)
        text[i] = start[i];
    for (size_t i = known; i < known + more; i++) {
        is_number = is_number && text[i] >= '0' && text[i] <= '9';
        value = is_number ? 10 * value + (uint64_t)(text[i] - '0') : 0;
    }
    bool result = read_decimal((struct text){text, known + more}, max, &number);
    REACHES(result && number == UINT32_MAX);
    REACHES(result && number == UINT8_MAX);
    PROVE(result == (is_number && value <= max));
    PROVE(number == (result ? value : 0));
}

static void read_any(size_t length)
{
    char memory[3];
    struct sevl_launch_info info = {.has_build = false};
    const char *text = ENDING(memory, length);
    bool is_empty = true;
    bool has_colon = false;
    for (size_t i = 0; i < length; i++) {
        is_empty = is_empty && sevl_is_blank(text[i]);
        has_colon = has_colon || text[i] == ':';
    }
    bool result = read_line(&info, (struct text){text, length});
    PROVE(result == (is_empty || has_colon));
    PROVE(!has_any(&info));
}

int main(void)
{
    if (CASE >= 10)
        read_any(CASE - 10);
    else if (CASE < 3)
        read_policy(CASE);
    else if (CASE < 7)
        read_digits("", 0, 0, CASE - 3);
    else
        read_digits("429496729", 9, 429496729, CASE - 7);
}
