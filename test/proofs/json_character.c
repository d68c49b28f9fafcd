/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sevl_json_character, for every text of 1 to 7 characters: what RFC 8259, section 7, says
 * that the character or escape stands for, and what is left of the text.
 */
#include "proof.h"

#include <core/base/json_reader.c>

static int short_escape(char c)
{
    return c == '"'    ? '"'
           : c == '\\' ? '\\'
           : c == '/'  ? '/'
           : c == 'b'  ? '\b'
           : c == 'f'  ? '\f'
           : c == 'n'  ? '\n'
           : c == 'r'  ? '\r'
           : c == 't'  ? '\t'
                       : -1;
}

static int unit_of(const char *digits)
{
    int unit = 0;
    for (int i = 0; i < 4; i++) {
        int digit = sevl_hex_digit(digits[i]);
        unit = digit < 0 || unit < 0 ? -1 : 16 * unit + digit;
    }
    return unit;
}

int main(void)
{
    char memory[7];
    const char *start = ENDING(memory, CASE + 1);
    struct sevl_text text = {start, CASE + 1};

    int c = sevl_json_character(&text);

    REACHES(c == '\n' && start[0] == '\\');
    REACHES(c == 0xffff);
    REACHES(c == -1 && CASE == 0);
    PROVE(text.start + text.length == start + CASE + 1);
    if (start[0] != '\\') {
        PROVE(c == (start[0] & 0xff) && text.length == CASE);
    } else if (CASE == 0) {
        PROVE(c == -1);
    } else if (start[1] != 'u') {
        PROVE(c == short_escape(start[1]) && text.length == CASE - 1);
    } else if (CASE < 5) {
        PROVE(c == -1);
    } else {
        PROVE(c == unit_of(start + 2));
        PROVE(c == -1 || text.length == CASE - 5);
    }
}
