/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sevl_base64_decode with Mbed TLS's code, for texts of 0 to 8 characters without
 * blanks into 5 or 6 bytes: within bounds, and as RFC 4648 says.
 */
#include "mbedtls_model.h"

#include <core/crypto/base64.c>

#define TEXT_MAX 8
#define BYTES_MAX 6

static unsigned value(char c)
{
    return (unsigned)(c >= 'A' && c <= 'Z'   ? c - 'A'
                      : c >= 'a' && c <= 'z' ? c - 'a' + 26
                      : c >= '0' && c <= '9' ? c - '0' + 52
                      : c == '+'             ? 62
                      : c == '/'             ? 63
                                             : 64);
}

/* Returns the size of what a text encodes, or more than any text here if it is not base64. */
static size_t decoded_size(const char *text, size_t length)
{
    size_t padding = 0;
    while (padding < 2 && padding < length && text[length - 1 - padding] == '=')
        padding++;
    bool is_base64 = length % 4 == 0;
    for (size_t i = 0; i < length - padding; i++)
        is_base64 = is_base64 && value(text[i]) < 64;
    return is_base64 ? length / 4 * 3 - padding : SIZE_MAX;
}

/* For text without padding: that of a multiple of three bytes. */
static void prove_byte(const char *text, const uint8_t *bytes, size_t at)
{
    const char *group = text + at / 3 * 4;
    unsigned bits =
        value(group[0]) << 18 | value(group[1]) << 12 | value(group[2]) << 6 | value(group[3]);
    PROVE(bytes[at] == (bits >> (16 - at % 3 * 8) & 0xff));
}

static void decode(size_t length, size_t size)
{
    char text_memory[TEXT_MAX];
    uint8_t bytes_memory[BYTES_MAX];
    const char *text = ENDING(text_memory, length);
    for (size_t i = 0; i < length; i++)
        ASSUME(text[i] != ' ' && text[i] != '\r' && text[i] != '\n');
    uint8_t *bytes = ENDING(bytes_memory, size);

    enum sevl_result result = sevl_base64_decode(text, length, bytes, size);

    size_t decoded = decoded_size(text, length);
    PROVE(result == (decoded == SIZE_MAX ? SEVL_ERROR_ENCODING
                     : decoded == size   ? SEVL_OK
                                         : SEVL_ERROR_LENGTH));
    REACHES(result == SEVL_OK && size == BYTES_MAX);
    REACHES(result == SEVL_ERROR_ENCODING);
    REACHES(result == SEVL_ERROR_LENGTH && length == 8);
    if (result == SEVL_OK && size == length / 4 * 3)
        prove_byte(text, bytes, any_below(size));
}

int main(void)
{
    decode(CASE, nondet_bool() ? BYTES_MAX : BYTES_MAX - 1);
}
