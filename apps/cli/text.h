/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The few string functions that freestanding code has to bring along. */
#ifndef SEVLAUNCH_CLI_TEXT_H
#define SEVLAUNCH_CLI_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

size_t text_length(const char *text);

/* The characters before the first that is `end`, or before the end of the text. */
size_t text_length_to(const char *text, char end);
bool text_equal(const char *a, const char *b);

/* Whether `text` begins with the first `length` characters of `start`. */
bool text_begins(const char *text, const char *start, size_t length);
bool text_contains(const char *text, char wanted);

/* How many of its characters are hexadecimal digits. */
size_t text_count_hexadecimal(const char *text);

/*
 * Reads a whole text as a number, decimal or hexadecimal after 0x. Returns
 * false, with `*number` untouched, when it is anything else or exceeds `max`.
 */
bool text_to_number(const char *text, uint64_t max, uint64_t *number);

/*
 * Reads a whole text as `size` bytes of two hexadecimal digits each. Returns
 * false, with `bytes` in any state, when it is anything else.
 */
bool text_to_bytes(const char *text, uint8_t *bytes, size_t size);

/*
 * The same of base64 with its padding, as sevl_base64_encode() writes it: no blanks, and no
 * other text for the same bytes. `size` is at most TEXT_BASE64_MAX.
 */
#define TEXT_BASE64_MAX 48
bool text_to_bytes_of_base64(const char *text, uint8_t *bytes, size_t size);

/* A number as decimal text. */
struct decimal {
    char text[21];
};
struct decimal text_decimal(uint64_t number);

/* A number as hexadecimal text after 0x. */
struct hexadecimal {
    char text[19];
};
struct hexadecimal text_hexadecimal(uint64_t number);

/* Bytes as hexadecimal digits and a NUL after them: 2 * size + 1 characters. */
void text_from_bytes(char *text, const uint8_t *bytes, size_t size);

#endif
