/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * What is taken of an object, for every 7 tokens that it may begin with, each of them a
 * character here: members of it, or of its "return", but for those that another member says
 * are not set; unless it is an event, says that SEV is off, or is not whole.
 */
#include "proof.h"

#include <core/host/launch_info.c>

#define TOKENS 7

static const char text[TOKENS + 1] = "{......";
static enum sevl_json_token tokens[TOKENS];
static char names[TOKENS]; /* the second letter of "return", "error" or "event" */
static enum info_field fields[TOKENS];
static enum info_field flags[TOKENS]; /* the fields that do not count if the member is false */
static bool says_false[TOKENS];
static bool is_refused;
static struct sevl_text shown;
static int sets[TOKENS];

enum sevl_json_token sevl_json_next(struct sevl_json *json, struct sevl_text *it)
{
    size_t at = TOKENS - json->rest.length;
    *it = json->rest;
    if (at == TOKENS)
        return SEVL_JSON_WRONG;
    if (tokens[at] != SEVL_JSON_WRONG)
        it->length = says_false[at] ? 5 : tokens[at] == SEVL_JSON_NAME ? 1 : 0;
    json->rest.start++;
    json->rest.length--;
    json->depth += tokens[at] == SEVL_JSON_OPEN;
    json->depth -= tokens[at] == SEVL_JSON_CLOSE;
    return tokens[at];
}

static size_t token_of(struct sevl_text part)
{
    size_t at = (size_t)(part.start - text);
    PROVE(at < TOKENS);
    return at;
}

bool sevl_json_equal(struct sevl_text part, const char *name)
{
    if (name[0] == 'f' || name[0] == 'd') /* "false", or "desc", which says nothing here */
        return name[0] == 'f' && part.length == 5;
    return part.length == 1 && names[token_of(part)] == name[1];
}

enum info_field sevl_info_field_of(struct sevl_text name, bool needs_prefix)
{
    PROVE(!needs_prefix);
    return fields[token_of(name)];
}

enum info_field field_of_flag(struct sevl_text name)
{
    return flags[token_of(name)];
}

bool sevl_info_set_field(struct info_reader *reader, enum info_field field,
                         const struct info_entry *entry)
{
    size_t at = token_of(entry->name);
    PROVE(!is_refused && field == fields[at]);
    PROVE(entry->value.start == text + at + 1);
    PROVE(entry->value.length == (says_false[at + 1] ? 5 : 0));
    sets[at]++;
    is_refused = nondet_bool();
    if (is_refused)
        reader->problem->fault = SEVL_INFO_BYTE;
    return !is_refused;
}

void sevl_info_set_problem(struct info_reader *reader, enum sevl_launch_info_fault fault,
                           const struct info_entry *entry)
{
    PROVE(!is_refused);
    reader->problem->fault = fault;
    shown = entry->value;
}

static void choose_tokens(void)
{
    for (size_t i = 0; i < TOKENS; i++) {
        tokens[i] = nondet_bool()   ? SEVL_JSON_NAME
                    : nondet_bool() ? SEVL_JSON_SCALAR
                    : nondet_bool() ? SEVL_JSON_OPEN
                    : nondet_bool() ? SEVL_JSON_CLOSE
                                    : SEVL_JSON_WRONG;
        says_false[i] = tokens[i] == SEVL_JSON_SCALAR && nondet_bool();
        fields[i] = nondet_bool()   ? FIELD_OTHER
                    : nondet_bool() ? FIELD_ENABLED
                    : nondet_bool() ? FIELD_LOADER_SHA
                                    : FIELD_API_MAJOR;
        flags[i] = nondet_bool() ? FIELD_OTHER : FIELD_API_MAJOR;
        names[i] = nondet_bool() ? 'e' : nondet_bool() ? 'r' : nondet_bool() ? 'v' : 'x';
        ASSUME(i == 0 ? tokens[i] == SEVL_JSON_OPEN
                      : tokens[i - 1] != SEVL_JSON_NAME || tokens[i] == SEVL_JSON_SCALAR ||
                            tokens[i] == SEVL_JSON_OPEN || tokens[i] == SEVL_JSON_WRONG);
    }
    ASSUME(tokens[TOKENS - 1] != SEVL_JSON_NAME);
}

int main(void)
{
    struct sevl_launch_info info;
    struct sevl_launch_info_problem problem = {.fault = SEVL_INFO_NO_FAULT};
    struct info_reader reader = {&info, &problem, text, {text, TOKENS}};
    bool is_member[TOKENS] = {false};
    bool is_event = false;
    bool is_off = false;
    bool is_of_sev = false;
    bool omits_zeros = false;
    bool is_absent[FIELD_OTHER + 1] = {false};
    char outer = 'x';
    int depth = 0;
    size_t end = 0;
    choose_tokens();
    for (; end < TOKENS && tokens[end] != SEVL_JSON_WRONG && (end == 0 || depth > 0); end++) {
        depth += (tokens[end] == SEVL_JSON_OPEN) - (tokens[end] == SEVL_JSON_CLOSE);
        if (tokens[end] != SEVL_JSON_NAME || tokens[end + 1] == SEVL_JSON_WRONG)
            continue;
        if (depth == 1)
            outer = names[end];
        is_event = is_event || (depth == 1 && names[end] == 'v');
        bool is_seen = depth == 1 || (depth == 2 && (outer == 'e' || outer == 'r'));
        is_member[end] = depth == 1 || (depth == 2 && outer == 'e');
        omits_zeros = omits_zeros || (is_seen && fields[end] == FIELD_LOADER_SHA);
        is_of_sev = is_of_sev || (is_seen && fields[end] == FIELD_API_MAJOR);
        is_off = is_off || (is_seen && fields[end] == FIELD_ENABLED && says_false[end + 1]);
        if (is_seen && says_false[end + 1])
            is_absent[flags[end]] = true;
    }
    bool is_whole = end > 0 && depth == 0;

    bool had = nondet_bool();
    info.has_build = had;
    bool result = read_object(&reader);

    size_t i = any_below(TOKENS);
    REACHES(result && sets[2] > 0 && sets[4] > 0);
    REACHES(result && is_event && end == TOKENS);
    REACHES(!result && problem.fault == SEVL_INFO_DISABLED);
    REACHES(result && is_absent[FIELD_API_MAJOR] && sets[2] > 0);
    PROVE((problem.fault == SEVL_INFO_NOT_JSON) == (!is_whole && end < TOKENS - 1));
    PROVE((problem.fault == SEVL_INFO_CUT) == (!is_whole && end >= TOKENS - 1));
    PROVE(is_whole || shown.start == text + (end < TOKENS - 1 ? end : 0));
    PROVE(is_whole || shown.start + shown.length == text + TOKENS);
    PROVE((problem.fault == SEVL_INFO_DISABLED) == (is_whole && is_off && is_of_sev));
    bool is_taken = is_whole && !(is_off && is_of_sev) && !is_event;
    int expected = is_taken && is_member[i] && !is_absent[fields[i]] ? 1 : 0;
    PROVE(sets[i] <= expected);
    PROVE(is_refused || sets[i] == expected);
    PROVE(result == (is_whole && !(is_off && is_of_sev) && !is_refused));
    PROVE(!result || reader.rest.start == text + end);
    PROVE(info.has_build == (had || (result && omits_zeros && !is_event)));
}
