/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "mapped.h"

#include <stdint.h>
#include <string.h>

static const char prefix[] = "mem:";

bool mapped_is_name(const char *name)
{
    for (size_t i = 0; i < sizeof prefix - 1; i++)
        if (name[i] != prefix[i])
            return false;
    return true;
}

/* Returns the value of a hexadecimal digit, or 16 for any other character. */
static uintptr_t hex_digit_value(char c)
{
    if (c >= '0' && c <= '9')
        return (uintptr_t)(c - '0');
    if (c >= 'a' && c <= 'f')
        return (uintptr_t)(c - 'a') + 10;
    if (c >= 'A' && c <= 'F')
        return (uintptr_t)(c - 'A') + 10;
    return 16;
}

/* Moves `*text` after the number. Returns false if there is none, or if it does not fit. */
static bool read_hex_number(const char **text, uintptr_t *number)
{
    const char *next = *text;
    if (next[0] != '0' || next[1] != 'x' || hex_digit_value(next[2]) == 16)
        return false;
    *number = 0;
    for (next += 2; hex_digit_value(*next) < 16; next++) {
        if (*number > UINTPTR_MAX >> 4)
            return false;
        *number = *number << 4 | hex_digit_value(*next);
    }
    *text = next;
    return true;
}

const char *mapped_open(struct mapped *mapped, const char *name)
{
    uintptr_t start;
    uintptr_t size;
    *mapped = (struct mapped){.left = 0};
    name += sizeof prefix - 1;
    if (!read_hex_number(&name, &start) || *name++ != '+' || !read_hex_number(&name, &size) ||
        *name != '\0')
        return "expected mem:0xSTART+0xSIZE";
    if (size > 0 && start > UINTPTR_MAX - (size - 1))
        return "it passes the last address";
    *mapped = (struct mapped){(const unsigned char *)start, size};
    return NULL;
}

size_t mapped_read(struct mapped *mapped, void *buffer, size_t size)
{
    size_t count = size < mapped->left ? size : mapped->left;
    memcpy(buffer, mapped->next, count);
    mapped->next += count;
    mapped->left -= count;
    return count;
}
