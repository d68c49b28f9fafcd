/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * One line of sevl_launch_info_read, of 0 to 6 characters: what stands before its first
 * colon and after it, without the blanks around them, is a name and its value; that of an
 * error is kept.
 */
#include "proof.h"

#include <core/host/launch_info.c>

static struct sevl_text taken_name;
static struct sevl_text taken_value;
static bool is_taken;
static bool is_refused;
static bool is_error;
static struct sevl_text said;

bool sevl_json_equal(struct sevl_text text, const char *ascii)
{
    PROVE(ascii[0] == 'e');
    is_error = nondet_bool();
    return is_error;
}

void sevl_info_set_problem(struct info_reader *reader, enum sevl_launch_info_fault fault,
                           const struct info_entry *entry)
{
    PROVE(is_error && fault == SEVL_INFO_HOST_ERROR);
    PROVE(entry->name.length == 0);
    said = entry->value;
}

enum info_field sevl_info_field_of(struct sevl_text name, bool needs_prefix)
{
    PROVE(needs_prefix);
    taken_name = name;
    return FIELD_POLICY;
}

bool sevl_info_set_field(struct info_reader *reader, enum info_field field,
                         const struct info_entry *entry)
{
    PROVE(field == FIELD_POLICY && entry->name.start == taken_name.start && !is_taken);
    PROVE(entry->name.length == taken_name.length);
    taken_value = entry->value;
    is_taken = true;
    is_refused = nondet_bool();
    return !is_refused;
}

/* `part` is what stands in `whole`, but for blanks around it. */
static void prove_trimmed(struct sevl_text part, const char *start, const char *end)
{
    PROVE(part.start >= start && part.start + part.length <= end);
    size_t before = (size_t)(part.start - start);
    size_t after = (size_t)(end - part.start) - part.length;
    PROVE(before == 0 || sevl_is_blank(start[any_below(before)]));
    PROVE(after == 0 || sevl_is_blank(part.start[part.length + any_below(after)]));
    PROVE(part.length == 0 ||
          (!sevl_is_blank(part.start[0]) && !sevl_is_blank(part.start[part.length - 1])));
}

static void read_any(size_t length)
{
    char memory[6];
    const char *text = ENDING(memory, length);
    struct sevl_launch_info info;
    struct sevl_launch_info_problem problem = {.fault = SEVL_INFO_NO_FAULT};
    struct info_reader reader = {&info, &problem, text, {text, length}};
    size_t colon = 0;
    while (colon < length && text[colon] != ':')
        colon++;

    bool result = read_line(&reader, reader.rest);

    REACHES(is_taken && taken_name.length == 2 && taken_value.length == 1 && length == 6);
    REACHES(is_error && taken_value.length > 0);
    PROVE(is_taken == (colon < length) && result == !is_refused);
    if (!is_taken)
        return;
    prove_trimmed(taken_name, text, text + colon);
    prove_trimmed(taken_value, text + colon + 1, text + length);
    PROVE(!is_error || (said.start == taken_value.start && said.length == taken_value.length));
}

int main(void)
{
    read_any(CASE);
}
