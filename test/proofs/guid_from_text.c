/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* sevl_guid_from_text, for texts of 0 to 40 characters: it takes only the length 36. */
#include "proof.h"

#include <core/base/guid.c>

/* The offset of the first digit of a byte, in EFI's mixed order (RFC 9562). */
static size_t place(size_t byte)
{
    size_t in_text = byte < 4 ? 3 - byte : byte < 6 ? 9 - byte : byte < 8 ? 13 - byte : byte;
    size_t dashes = (in_text >= 4) + (in_text >= 6) + (in_text >= 8) + (in_text >= 10);
    return 2 * in_text + dashes;
}

static bool is_digit(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static unsigned value(char c)
{
    return c <= '9' ? (unsigned)(c - '0') : ((unsigned)c & 15) + 9;
}

int main(void)
{
    char memory[40];
    struct sevl_guid guid;
    size_t length = any_below(sizeof memory + 1);
    const char *text = ENDING(memory, length);
    size_t byte = any_below(SEVL_GUID_SIZE);

    enum sevl_result result = sevl_guid_from_text(&guid, text, length);

    PROVE(result == SEVL_OK || result == SEVL_ERROR_ENCODING);
    REACHES(result == SEVL_OK);
    REACHES(result != SEVL_OK && length == SEVL_GUID_TEXT_LENGTH);
    if (result != SEVL_OK) {
        prove_zero(&guid, sizeof guid);
        bool is_form =
            length == 36 && text[8] == '-' && text[13] == '-' && text[18] == '-' && text[23] == '-';
        for (size_t i = 0; i < SEVL_GUID_SIZE && is_form; i++)
            is_form = is_digit(text[place(i)]) && is_digit(text[place(i) + 1]);
        PROVE(!is_form);
        return 0;
    }
    PROVE(length == 36);
    PROVE(text[8] == '-' && text[13] == '-' && text[18] == '-' && text[23] == '-');
    PROVE(is_digit(text[place(byte)]) && is_digit(text[place(byte) + 1]));
    PROVE(guid.bytes[byte] == 16 * value(text[place(byte)]) + value(text[place(byte) + 1]));
}
