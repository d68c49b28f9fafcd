/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * What `sevlaunch show` tells of a file: the same members as lines for people, "name: value",
 * or as one JSON object.
 */
#ifndef SEVLAUNCH_SHOW_OUTPUT_H
#define SEVLAUNCH_SHOW_OUTPUT_H

#include "cli/json.h"

#define SHOW_NOTES_MAX 16

struct show_output {
    struct cli_json json; /* lines for people go the same way */
    bool is_json;
    bool is_part;         /* members are those of a part of the file */
    size_t count;         /* of notes */
    size_t count_of_file; /* those that are not of the part */
    const char *notes[SHOW_NOTES_MAX];
};

void show_begin(struct show_output *output, const char *kind);

/* Members. A word of NULL, or a number that is not there, is null. */
void show_word(struct show_output *output, const char *name, const char *word);
void show_flag(struct show_output *output, const char *name, bool flag);
void show_decimal(struct show_output *output, const char *name, uint64_t number);
void show_hexadecimal(struct show_output *output, const char *name, bool is_there, uint64_t number);

/* At most SHOW_BYTES_MAX of them, in hexadecimal. */
#define SHOW_BYTES_MAX 64
void show_bytes(struct show_output *output, const char *name, const uint8_t *bytes, size_t size);

/* The same, but zeros alone are no value. */
void show_bytes_if_set(struct show_output *output, const char *name, const uint8_t *bytes,
                       size_t size);

/* As many characters at most; those that are not plain ones of ASCII are shown as '?'. */
void show_text(struct show_output *output, const char *name, const uint8_t *text, size_t size);

/* Seconds since 1970, as a date. */
void show_time(struct show_output *output, const char *name, uint64_t seconds);

/* Two or three numbers, the major one first: "1.55.40". */
void show_version(struct show_output *output, const char *name, const uint8_t *numbers,
                  size_t count);

/* A value as it stands, in JSON and for people. */
void show_value(struct show_output *output, const char *name, const char *json, const char *text);

/*
 * A list, of which each item is one line for people as well: `name` and the words that it is
 * made of. In JSON an item is text as it stands.
 */
void show_list_begin(struct show_output *output, const char *name);
#define show_item_of_json(output, is_last, ...) \
    show_item_json(output, is_last, (const char *const[]){__VA_ARGS__, NULL})
#define show_item_of_text(output, ...) \
    show_item_text(output, (const char *const[]){__VA_ARGS__, NULL})
void show_item_json(struct show_output *output, bool is_last, const char *const parts[]);
void show_item_text(struct show_output *output, const char *const parts[]);
void show_list_end(struct show_output *output);

/* The names of the bits that are set in a number; bit 0 has the first name, NULL is no name. */
void show_bits(struct show_output *output, const char *list, const char *item, uint64_t number,
               const char *const names[], size_t count);

/*
 * An item of a list that has members and notes of its own, the first of which is "part": what it
 * is. It ends with show_part_end().
 */
void show_part_begin(struct show_output *output, const char *part);
void show_part_end(struct show_output *output, bool is_last);

/* What is not sure, or not so: shown at the end, of the part if there is one. */
void show_note(struct show_output *output, const char *note);

/* Returns whether all was printed. */
PORT_CHECK bool show_end(struct show_output *output);

#endif
