/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * What jsmn gives for texts of 0 to 3 characters, with room for 2 in place of 128 tokens:
 * within bounds, and as launch_info_tokens.c assumes. No text is long enough for an object
 * with a member: test/unit and test/fuzz have those.
 */
#include "proof.h"

#define JSMN_STATIC
#define JSMN_STRICT
#define JSMN_PARENT_LINKS
/* It steps from token 0 to -1. */
#pragma CPROVER check push
#pragma CPROVER check disable "unsigned-overflow"
#pragma CPROVER check disable "conversion"
#include <jsmn.h>
#pragma CPROVER check pop

static int count;

static int parse(jsmn_parser *parser, const char *text, size_t length, jsmntok_t *tokens,
                 unsigned max)
{
    PROVE(length == 0 || __CPROVER_r_ok(text, length));
    PROVE(__CPROVER_w_ok(tokens, max * sizeof *tokens));
    count = jsmn_parse(parser, text, length, tokens, max);
    REACHES(count == 2);
    REACHES(count == JSMN_ERROR_NOMEM);
    REACHES(count == JSMN_ERROR_INVAL);
    REACHES(count == JSMN_ERROR_PART);
    PROVE(count <= (int)max);
    for (int i = 0; i < count; i++) {
        PROVE(tokens[i].start >= 0 && tokens[i].start <= tokens[i].end);
        PROVE(tokens[i].end <= (int)length);
        PROVE(tokens[i].size >= 0 && tokens[i].parent >= -1 && tokens[i].parent < i);
    }
    return count;
}

#define jsmn_parse parse
#include "launch_info_proof.h"

int main(void)
{
    char memory[3];
    struct sevl_launch_info info;
    bool result = read_json(&info, (struct text){ENDING(memory, CASE), CASE});
    PROVE(count >= 0 || !result);
}
