/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * How sevl_launch_info_read splits texts of 0 to 5 characters: every line once, in order,
 * without its newline, until one is refused, or all as JSON. The output is zero unless it
 * returns SEVL_OK. The content of a line or of JSON has its own proofs; here it is any.
 */
#include "proof.h"

#include <core/host/launch_info.c>

static const char *next;
static const char *end;
static bool is_refused;
static bool is_set;
static bool is_json;

enum sevl_result sevl_measurement_from_base64(struct sevl_measurement *measurement,
                                              const char *text, size_t length)
{
    return SEVL_ERROR_LENGTH;
}

bool read_line(struct sevl_launch_info *info, struct text line)
{
    PROVE(!is_refused && line.start == next && line.length <= (size_t)(end - next));
    PROVE(line.length == (size_t)(end - next) || next[line.length] == '\n');
    if (line.length > 0)
        PROVE(next[any_below(line.length)] != '\n');
    next += line.length + (line.length < (size_t)(end - next));
    is_refused = nondet_bool();
    is_set = is_set || nondet_bool();
    info->has_policy = is_set;
    info->evidence.launch.policy = is_set ? nondet_u32() : 0;
    return !is_refused;
}

bool read_json(struct sevl_launch_info *info, struct text json)
{
    PROVE(json.start == next && json.length == (size_t)(end - next));
    next = end;
    is_json = true;
    is_refused = nondet_bool();
    is_set = nondet_bool();
    info->has_policy = is_set;
    return !is_refused;
}

int main(void)
{
    char memory[5];
    const char *text = ENDING(memory, CASE);
    struct sevl_launch_info info;
    end = text + CASE;
    for (size_t i = 0; i < CASE; i++)
        ASSUME(!sevl_is_blank(text[i]) || (text[i] == '\n' && i > 0 && i + 1 < CASE));
    next = text;

    enum sevl_result result = sevl_launch_info_read(&info, text, CASE);

    REACHES(result == SEVL_OK && CASE == 5);
    REACHES(result == SEVL_ERROR_ENCODING);
    REACHES(result == SEVL_ERROR_ABSENT);
    PROVE(is_refused || next == end);
    PROVE(is_json == (CASE > 0 && (text[0] == '{' || text[0] == '[')));
    PROVE(result == (is_refused ? SEVL_ERROR_ENCODING : is_set ? SEVL_OK : SEVL_ERROR_ABSENT));
    if (result != SEVL_OK)
        prove_zero(&info, sizeof info);
}
