/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Reads JSON (RFC 8259) as it streams by, of any length in constant memory. Strings keep their
 * escapes. Not checked: that characters are valid UTF-8, and that the names of an object
 * differ.
 */
#ifndef SEVLAUNCH_JSON_SCAN_H
#define SEVLAUNCH_JSON_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Objects and arrays inside each other; the longest string that is kept in a reader's own room. */
#define JSON_SCAN_DEPTH_MAX 32
#define JSON_SCAN_TEXT_MAX 512

enum json_token {
    JSON_NAME,   /* of a member; its value is what follows */
    JSON_STRING, /* as it stands between its quotes */
    JSON_WORD,   /* a number, true, false or null */
    JSON_OPEN_OBJECT,
    JSON_OPEN_ARRAY,
    JSON_CLOSE
};

/*
 * Takes a token. `depth` is how many objects and arrays are around it; `text` is that of a name,
 * string or word, NULL if a name or string is longer than the room for it. Returns false to
 * refuse it.
 */
typedef bool json_take_token(void *context, enum json_token token, uint32_t depth,
                             const char *text);

/* What may come next. */
enum json_state {
    JSON_AT_VALUE,
    JSON_AT_FIRST, /* the first item of an object or array, or its end */
    JSON_AT_NAME,
    JSON_AT_COLON,
    JSON_AT_COMMA, /* a comma and an item, or the end */
    JSON_IN_STRING,
    JSON_IN_ESCAPE,
    JSON_IN_WORD,
    JSON_AT_END
};

struct json_scan {
    json_take_token *take;
    void *context;
    enum json_state state;
    bool is_name;     /* the string that is read is one */
    uint32_t unicode; /* digits of an escape that are left */
    uint32_t objects; /* bit 0: whether the innermost is an object; then those around it */
    uint32_t depth;
    char *text;
    size_t text_max; /* characters that it has room for, without the NUL */
    size_t length;   /* of the text; text_max + 1: too long */
    char own[JSON_SCAN_TEXT_MAX + 1];
};

/* A reader that was begun cannot be moved. */
void json_scan_begin(struct json_scan *scan, json_take_token *take, void *context);

/* The same, for strings of up to `room` - 1 characters, in that memory. */
void json_scan_begin_in(struct json_scan *scan, json_take_token *take, void *context, char *memory,
                        size_t room);

/* Returns false if this is no JSON, or a token was refused. Do not go on then. */
bool json_scan_update(struct json_scan *scan, const void *bytes, size_t size);

/* Returns whether all of one value was read. */
bool json_scan_end(struct json_scan *scan);

#endif
