/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sevl_base64_decode with Mbed TLS's code, for texts of 0 to 8 characters without
 * blanks into 5 or 6 bytes: within bounds, and as RFC 4648 says.
 */
#include "mbedtls_model.h"

#include <core/crypto.c>

#define TEXT_MOST 8
#define BYTES_MOST 6

static unsigned value(char c)
{
    return (unsigned)(c >= 'A' && c <= 'Z'   ? c - 'A'
                      : c >= 'a' && c <= 'z' ? c - 'a' + 26
                      : c >= '0' && c <= '9' ? c - '0' + 52
                      : c == '+'             ? 62
                      : c == '/'             ? 63
                                             : 64);
}

/* Of text without padding, which a multiple of three bytes has. */
static void prove_byte(const char *text, const uint8_t *bytes, size_t at)
{
    const char *group = text + at / 3 * 4;
    unsigned bits =
        value(group[0]) << 18 | value(group[1]) << 12 | value(group[2]) << 6 | value(group[3]);
    PROVE(bytes[at] == (bits >> (16 - at % 3 * 8) & 0xff));
}

static void decode(size_t length, size_t size)
{
    char text_memory[TEXT_MOST];
    uint8_t bytes_memory[BYTES_MOST];
    const char *text = ENDING(text_memory, length);
    for (size_t i = 0; i < length; i++)
        ASSUME(text[i] != ' ' && text[i] != '\r' && text[i] != '\n');
    uint8_t *bytes = ENDING(bytes_memory, size);

    enum sevl_result result = sevl_base64_decode(text, length, bytes, size);

    PROVE(result == SEVL_OK || result == SEVL_ERROR_ENCODING || result == SEVL_ERROR_LENGTH);
    REACHES(result == SEVL_OK && size == BYTES_MOST);
    REACHES(result == SEVL_ERROR_ENCODING);
    REACHES(result == SEVL_ERROR_LENGTH && length == 8);
    if (result != SEVL_OK || length == 0)
        return;
    size_t i = any_below(length);
    PROVE(value(text[i]) < 64 || text[i] == '=');
    PROVE(size <= length / 4 * 3);
    if (size == length / 4 * 3 && size > 0)
        prove_byte(text, bytes, any_below(size));
}

int main(void)
{
    size_t chosen = nondet_size();
    for (size_t length = 0; length <= TEXT_MOST; length++)
        if (length == chosen)
            decode(length, nondet_bool() ? BYTES_MOST : BYTES_MOST - 1);
}
