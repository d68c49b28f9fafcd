/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * What is read from parsed JSON, for every 0 to 4 tokens that jsmn may give for a text with
 * a "return": a member of the outermost object, or of one that a "return" names, and its
 * value.
 */
#include "proof.h"

/* Replaces jsmn.h. */
#define JSMN_H
typedef enum { JSMN_OBJECT = 1, JSMN_ARRAY = 2, JSMN_STRING = 4, JSMN_PRIMITIVE = 8 } jsmntype_t;
typedef struct {
    jsmntype_t type;
    int start;
    int end;
    int size;
    int parent;
} jsmntok_t;
typedef struct {
    int unused;
} jsmn_parser;

static jsmntok_t all[4] = {{JSMN_OBJECT}, {JSMN_OBJECT}, {JSMN_OBJECT}, {JSMN_OBJECT}};
static int count;

static void jsmn_init(jsmn_parser *parser)
{
    parser->unused = 0;
}

static int jsmn_parse(jsmn_parser *parser, const char *text, size_t length, jsmntok_t *tokens,
                      unsigned max)
{
    PROVE(max == sizeof all / sizeof *all);
    count = nondet_int();
    ASSUME(count <= (int)max);
    for (int i = 0; i < count; i++) {
        all[i].type = nondet_bool()   ? JSMN_OBJECT
                      : nondet_bool() ? JSMN_ARRAY
                      : nondet_bool() ? JSMN_STRING
                                      : JSMN_PRIMITIVE;
        all[i].start = nondet_int();
        all[i].end = nondet_int();
        all[i].size = nondet_int();
        all[i].parent = nondet_int();
        ASSUME(all[i].start >= 0 && all[i].start <= all[i].end && all[i].end <= (int)length);
        ASSUME(all[i].size >= 0 && all[i].parent >= -1 && all[i].parent < i);
        tokens[i] = all[i];
    }
    return count;
}

#include "launch_info_proof.h"

static const char text[] = "return 7";

static bool is_member(int i)
{
    if (all[i].type != JSMN_STRING || all[i].size != 1 || all[i].parent < 0)
        return false;
    const jsmntok_t *object = &all[all[i].parent];
    if (object->type != JSMN_OBJECT || object->parent < 0)
        return object->type == JSMN_OBJECT;
    return all[object->parent].start == 0 && all[object->parent].end == 6;
}

int main(void)
{
    struct sevl_launch_info info;
    int members = 0;

    bool result = read_json(&info, (struct text){text, sizeof text - 1});

    REACHES(result && sets == 2);
    REACHES(result && sets == 0 && count == 4);
    REACHES(!result && count == 4);
    PROVE(count >= 0 || (!result && sets == 0));
    for (int i = 0; i + 1 < count; i++) {
        if (!is_member(i) || members == sets)
            continue;
        PROVE(names[members].start == text + all[i].start);
        PROVE(names[members].length == (size_t)(all[i].end - all[i].start));
        PROVE(values[members].start == text + all[i + 1].start);
        PROVE(values[members].length == (size_t)(all[i + 1].end - all[i + 1].start));
        members++;
    }
    PROVE(members == sets);
    for (int i = 0; i + 1 < count && result; i++)
        members -= is_member(i);
    PROVE(!result || members == 0);
}
