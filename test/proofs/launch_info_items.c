/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * How sevl_launch_info_read takes texts of 0 to 4 characters apart: every line and object
 * once, in order, until one is refused; the output is zero but on SEVL_OK. What a line or
 * an object says has proofs of its own, and is any here.
 */
#include "proof.h"

#include <core/host/launch_info.c>

static const char *next;
static const char *end;
static struct sevl_launch_info_problem said;
static bool is_set;
static int items;

/* Of the functions that lines and objects call, only this is called here. */
void sevl_info_set_problem(struct info_reader *reader, enum sevl_launch_info_fault fault,
                           const struct info_entry *entry)
{
    reader->problem->fault = fault;
    reader->problem->line = 1;
    reader->problem->name.offset = (size_t)(entry->name.start - reader->text);
    reader->problem->name.length = entry->name.length;
    reader->problem->value.offset = (size_t)(entry->value.start - reader->text);
    reader->problem->value.length = entry->value.length;
}

static bool separates(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == ',' || c == '[' || c == ']';
}

static bool is_control(const char *at)
{
    return end - at >= 2 && at[0] == '\x1b' && at[1] == '[';
}

static const char *after_control(const char *at)
{
    at += 2;
    while (at < end && *at >= 0x20 && *at <= 0x3f)
        at++;
    return at < end ? at + 1 : at;
}

/* What is between two items: nothing of it begins one. */
static void prove_between(const char *from, const char *to)
{
    while (from < to && (separates(*from) || is_control(from)))
        from = separates(*from) ? from + 1 : after_control(from);
    PROVE(from == to && to <= end);
    PROVE(to == end || (!separates(*to) && !is_control(to)));
}

/* An item sets a value, says something wrong, or keeps an error of the host. */
static bool answer(struct info_reader *reader)
{
    items++;
    if (nondet_bool()) {
        is_set = true;
        reader->info->has_policy = true;
    }
    if (nondet_bool() && said.fault == SEVL_INFO_NO_FAULT)
        said.fault = SEVL_INFO_HOST_ERROR;
    bool is_refused = nondet_bool();
    if (is_refused)
        said.fault = nondet_bool()   ? SEVL_INFO_SNP
                     : nondet_bool() ? SEVL_INFO_CONFLICT
                                     : SEVL_INFO_BYTE;
    *reader->problem = said;
    return !is_refused;
}

bool read_line(struct info_reader *reader, struct sevl_text line)
{
    prove_between(next, line.start);
    PROVE(line.length > 0 && line.length <= (size_t)(end - line.start));
    PROVE(line.start[0] != '{' && line.start[0] != '}');
    PROVE(line.start + line.length == end || line.start[line.length] == '\n');
    PROVE(line.start[any_below(line.length)] != '\n');
    next = line.start + line.length;
    PROVE(reader->rest.start == next);
    return answer(reader);
}

bool read_object(struct info_reader *reader)
{
    size_t taken = 1 + any_below(reader->rest.length);
    prove_between(next, reader->rest.start);
    PROVE(reader->rest.start[0] == '{' && reader->rest.start + reader->rest.length == end);
    reader->rest.start += taken;
    reader->rest.length -= taken;
    next = reader->rest.start;
    return answer(reader);
}

static bool looks_like_utf16(const char *text)
{
    uint8_t a = (uint8_t)(text[0] & 0xff);
    uint8_t b = (uint8_t)(text[1] & 0xff);
    return (a == 0xff && b == 0xfe) || (a == 0xfe && b == 0xff) || (a == 0 && b > 0 && b < 0x80) ||
           (b == 0 && a > 0 && a < 0x80);
}

static void prove_result(enum sevl_result result, const struct sevl_launch_info_problem *problem)
{
    enum sevl_launch_info_fault fault = problem->fault;
    PROVE((result == SEVL_OK) ==
          (is_set && (fault == SEVL_INFO_NO_FAULT || fault == SEVL_INFO_HOST_ERROR)));
    PROVE(result == SEVL_OK || result == (fault == SEVL_INFO_CONFLICT ? SEVL_ERROR_DUPLICATE
                                          : fault == SEVL_INFO_NONE || fault == SEVL_INFO_SNP ||
                                                  fault == SEVL_INFO_HOST_ERROR
                                              ? SEVL_ERROR_ABSENT
                                              : SEVL_ERROR_ENCODING));
    PROVE(fault == said.fault || fault == SEVL_INFO_UTF16 || fault == SEVL_INFO_NOT_JSON ||
          (fault == SEVL_INFO_NONE && said.fault == SEVL_INFO_NO_FAULT && !is_set));
}

int main(void)
{
    char memory[4];
    const char *text = ENDING(memory, CASE);
    struct sevl_launch_info info;
    struct sevl_launch_info_problem problem;
    end = text + CASE;
    bool is_utf16 = CASE >= 2 && looks_like_utf16(text);
    bool is_marked = CASE >= 3 && (text[0] & 0xff) == 0xef && (text[1] & 0xff) == 0xbb &&
                     (text[2] & 0xff) == 0xbf;
    next = is_marked ? text + 3 : text;

    enum sevl_result result = sevl_launch_info_read(&info, &problem, text, CASE);

    REACHES(result == SEVL_OK && items == 3);
    REACHES(result == SEVL_OK && is_marked);
    REACHES(result == SEVL_ERROR_ENCODING && problem.fault == SEVL_INFO_BYTE);
    REACHES(problem.fault == SEVL_INFO_NOT_JSON);
    REACHES(result == SEVL_OK && text[0] == '\x1b' && items == 1);
    REACHES(result == SEVL_ERROR_ABSENT && items == 2);
    PROVE((problem.fault == SEVL_INFO_UTF16) == is_utf16);
    PROVE(!is_utf16 || items == 0);
    prove_result(result, &problem);
    if (result == SEVL_OK || problem.fault == SEVL_INFO_NONE)
        prove_between(next, end);
    if (problem.fault == SEVL_INFO_NOT_JSON) {
        size_t at = problem.value.offset;
        prove_between(next, text + at);
        PROVE(text[at] == '}' && problem.name.offset == at);
        PROVE(problem.value.length > 0 && at + problem.value.length <= CASE);
        PROVE(at + problem.value.length == CASE || text[at + problem.value.length] == '\n');
        PROVE(text[at + any_below(problem.value.length)] != '\n');
    }
    if (result != SEVL_OK)
        prove_zero(&info, sizeof info);
}
