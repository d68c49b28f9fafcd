/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * A step of json_scan_update from any state that one may be in, and with any next character: it
 * leaves such a state, or returns false. So no text, of any length, leads outside of the memory.
 * What is handed out ends with a NUL and has no other, or is NULL where it was too long; a token
 * that is refused ends it. There is room for texts of up to 6 characters.
 */
#include "proof.h"

#include <apps/sevlaunch/json_scan.c>

static const struct json_scan *scanned;
static unsigned taken;
static bool is_refused;

static bool take_token(void *context, enum json_token token, uint32_t depth, const char *text)
{
    PROVE(context == &taken && depth <= JSON_SCAN_DEPTH_MAX);
    PROVE(token == JSON_OPEN_OBJECT || token == JSON_OPEN_ARRAY || depth == scanned->depth);
    PROVE(text != NULL || token == JSON_NAME || token == JSON_STRING);
    if (token == JSON_WORD)
        PROVE(text[0] != '\0');
    if (text != NULL)
        PROVE(text_length(text) <= scanned->text_max);
    if (token == JSON_OPEN_OBJECT || token == JSON_OPEN_ARRAY)
        PROVE(depth < JSON_SCAN_DEPTH_MAX);
    is_refused = nondet_bool();
    taken++;
    return !is_refused;
}

static bool is_in_text(const struct json_scan *scan)
{
    return scan->state == JSON_IN_STRING || scan->state == JSON_IN_ESCAPE ||
           scan->state == JSON_IN_WORD;
}

/* Whether a text that is read has no NUL in what is kept of it. */
static bool is_text_kept(const struct json_scan *scan)
{
    if (scan->length > scan->text_max + 1 || (scan->state == JSON_IN_WORD && scan->length == 0))
        return false;
    for (size_t i = 0; i < JSON_SCAN_TEXT_MAX; i++)
        if (i < scan->length && i < scan->text_max && scan->text[i] == '\0')
            return false;
    return true;
}

static bool is_scan_valid(const struct json_scan *scan)
{
    bool is_inside = scan->state == JSON_AT_FIRST || scan->state == JSON_AT_NAME ||
                     scan->state == JSON_AT_COLON || scan->state == JSON_AT_COMMA ||
                     (scan->is_name && scan->state != JSON_IN_WORD && is_in_text(scan));
    if (scan->state == JSON_AT_END && scan->depth != 0)
        return false;
    if (scan->unicode > (scan->state == JSON_IN_ESCAPE ? 4 : 0))
        return false;
    return scan->depth <= JSON_SCAN_DEPTH_MAX && (!is_inside || scan->depth > 0) &&
           (!is_in_text(scan) || is_text_kept(scan));
}

static void begin(void)
{
    struct json_scan scan;
    json_scan_begin(&scan, take_token, &taken);
    PROVE(is_scan_valid(&scan) && scan.state == JSON_AT_VALUE && scan.depth == 0);
    PROVE(scan.text == scan.own && scan.text_max == JSON_SCAN_TEXT_MAX);
}

int main(void)
{
    struct json_scan scan;
    char next = (char)(nondet_u8() & 0x7f);
    begin();
    scan.take = take_token;
    scan.context = &taken;
    scan.text = scan.own;
    scan.text_max = any_below(JSON_SCAN_TEXT_MAX + 1);
    scan.state = (enum json_state)any_below(JSON_AT_END + 1);
    scan.is_name = nondet_bool();
    ASSUME(is_scan_valid(&scan));
    scanned = &scan;
    uint32_t depth = scan.depth;
    bool ends = nondet_bool();

    bool right = ends ? json_scan_end(&scan) : json_scan_update(&scan, &next, 1);

    REACHES(right && ends && taken == 1);
    REACHES(right && taken == 2);
    REACHES(right && scan.depth == JSON_SCAN_DEPTH_MAX && depth < scan.depth);
    REACHES(right && scan.depth < depth);
    REACHES(is_refused);
    PROVE(!is_refused || !right);
    if (!right)
        return 0;
    PROVE(is_scan_valid(&scan) && taken <= 2);
    PROVE(scan.depth + 1 >= depth && scan.depth <= depth + 1);
    if (ends)
        PROVE(scan.depth == 0 && scan.state == JSON_AT_END);
}
