/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef SEVLAUNCH_BASE_TEXT_H
#define SEVLAUNCH_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* Characters without a NUL at their end. */
struct sevl_text {
    const char *start;
    size_t length;
};

/* What may stand between the characters of a value, and around it. */
static inline bool sevl_is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* The value of a hexadecimal digit, or -1. */
static inline int sevl_hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/* The line of a text that a place in it is on, counted from 1. */
static inline size_t sevl_line_of(const char *text, const char *place)
{
    size_t line = 1;
    for (; text < place; text++)
        if (*text == '\n')
            line++;
    return line;
}

#endif
