/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Reads JSON (RFC 8259) token by token. The reader keeps where it stands and nothing of
 * what it read: text of any length takes the same memory. Strings keep their escapes, which
 * sevl_json_character() resolves. Not checked: that characters are valid UTF-8, that
 * surrogates come in pairs, and that the names of an object differ.
 */
#ifndef SEVLAUNCH_JSON_READER_H
#define SEVLAUNCH_JSON_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

/* Objects and arrays inside each other. */
#define SEVL_JSON_DEPTH_MAX 32

enum sevl_json_token {
    SEVL_JSON_NAME,   /* of a member; its value is the next token */
    SEVL_JSON_SCALAR, /* a string, a number, true, false or null */
    SEVL_JSON_OPEN,   /* of an object or an array */
    SEVL_JSON_CLOSE,
    SEVL_JSON_WRONG, /* not JSON, deeper than SEVL_JSON_DEPTH_MAX, or the text ends too early */
};

/* What may come next. */
enum sevl_json_place {
    SEVL_JSON_AT_VALUE, /* only a value */
    SEVL_JSON_AT_FIRST, /* the first item of an object or array, or its end */
    SEVL_JSON_AT_COMMA, /* a comma and an item, or the end */
};

struct sevl_json {
    struct sevl_text rest;
    uint32_t objects; /* bit 0: whether the innermost is an object; then those around it */
    uint32_t depth;
    enum sevl_json_place place;
};

/* Begins to read the value that `text` begins with. What follows the value is left in `rest`. */
static inline struct sevl_json sevl_json_begin(struct sevl_text text)
{
    return (struct sevl_json){.rest = text, .place = SEVL_JSON_AT_VALUE};
}

/*
 * Reads the next token. `*text` is then
 *   what stands between the quotes of a name or of a string, or a scalar of another kind;
 *   the bracket that opens or closes;
 *   with SEVL_JSON_WRONG, what is left from the start of the token that is wrong. `rest` is
 *   empty if the text ends too early.
 * The value is whole when a token that is no name leaves `depth` at 0: do not call this again
 * then, nor after SEVL_JSON_WRONG.
 */
enum sevl_json_token sevl_json_next(struct sevl_json *json, struct sevl_text *text);

/*
 * Takes the first character, or the escape in its place, off a text that is not empty.
 * Returns it as a number: 0 to 127 is ASCII, more is a byte of UTF-8, or after "\u" a UTF-16
 * unit. Returns -1 if a backslash begins no escape; the text is then shorter by what was read.
 */
int sevl_json_character(struct sevl_text *text);

/* Whether a text, with its escapes resolved, is `ascii`, which ends with a NUL. */
bool sevl_json_equal(struct sevl_text text, const char *ascii);

#endif
