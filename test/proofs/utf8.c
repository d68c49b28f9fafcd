/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The console's check of UTF-8, for every text of 4 bytes and a NUL: Unicode's table of
 * well-formed sequences (table 3-7), without controls and what changes the direction of text,
 * separates lines or is invisible; never a byte after the NUL. A line's buffer, however full.
 */
#include "proof.h"

#include <apps/cli/console.c>

static size_t printed_size;

bool port_print(enum port_stream stream, const char *text, size_t length)
{
    PROVE(__CPROVER_r_ok(text, length) && length <= sizeof((struct line *)0)->text);
    printed_size += length;
    return nondet_bool();
}

static bool is_in(unsigned char byte, unsigned char first, unsigned char last)
{
    return byte >= first && byte <= last;
}

static bool is_tail(unsigned char byte)
{
    return is_in(byte, 0x80, 0xbf);
}

static size_t expected(const unsigned char *t)
{
    if (is_in(t[0], 0x20, 0x7e))
        return 1;
    if (is_in(t[0], 0xc2, 0xdf) && is_tail(t[1]))
        return (t[0] == 0xc2 && t[1] < 0xa0) || (t[0] == 0xd8 && t[1] == 0x9c) ? 0 : 2;
    if (t[0] == 0xe2 && t[1] == 0x80 && (is_in(t[2], 0x8b, 0x8f) || is_in(t[2], 0xa8, 0xae)))
        return 0;
    if (t[0] == 0xe2 && t[1] == 0x81 && is_in(t[2], 0xa0, 0xaf))
        return 0;
    if (t[0] == 0xef && t[1] == 0xbb && t[2] == 0xbf)
        return 0;
    if (t[0] == 0xf3 && t[1] == 0xa0 && is_in(t[2], 0x80, 0x81) && is_tail(t[3]))
        return 0;
    if (is_in(t[0], 0xe0, 0xef) && is_tail(t[1]) && is_tail(t[2]))
        return (t[0] == 0xe0 && t[1] < 0xa0) || (t[0] == 0xed && t[1] > 0x9f) ? 0 : 3;
    if (is_in(t[0], 0xf0, 0xf4) && is_tail(t[1]) && is_tail(t[2]) && is_tail(t[3]))
        return (t[0] == 0xf0 && t[1] < 0x90) || (t[0] == 0xf4 && t[1] > 0x8f) ? 0 : 4;
    return 0;
}

/* `length` bytes and a NUL, which the text's object ends in. */
static void check(size_t length)
{
    unsigned char memory[5];
    unsigned char *text = ENDING(memory, length + 1);
    text[length] = '\0';
    for (size_t i = 0; i < length; i++)
        ASSUME(text[i] != '\0');

    size_t result = visible_length(text);

    REACHES(result == 4);
    REACHES(result == 0 && length == 4);
    PROVE(result == expected(text));
    PROVE(result <= length);
}

static void print(void)
{
    struct line line;
    char text[3];
    text[2] = '\0';
    line.stream = PORT_ERR;
    line.printed = nondet_bool();
    ASSUME(line.used <= sizeof line.text);
    bool printed = line.printed;
    size_t used = line.used;

    add_visibly(&line, text);

    PROVE(line.used <= sizeof line.text);
    PROVE(printed || !line.printed);
    PROVE(printed_size + line.used == used + text_length(text));
    REACHES(line.used == 1);
    if (text[0] != '\0') {
        char last = line.text[line.used - 1];
        PROVE(last < 0 || (last >= 0x20 && last != 0x7f));
    }
}

int main(void)
{
    if (CASE < 5)
        check(CASE);
    else
        print();
}
