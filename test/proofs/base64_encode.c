/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sevl_base64_encode with Mbed TLS's code, for 0 to 3 bytes into each capacity up to 6:
 * within bounds, with a NUL after it, and the text decodes to the bytes.
 */
#include "mbedtls_model.h"

#include <core/crypto/base64.c>

#define TEXT_MAX 5
#define BYTES_MAX 3

static void encode(size_t capacity, size_t size)
{
    char text_memory[TEXT_MAX + 1];
    uint8_t bytes[BYTES_MAX];
    uint8_t decoded[BYTES_MAX];
    char *text = ENDING(text_memory, capacity);

    enum sevl_result result = sevl_base64_encode(ENDING(bytes, size), size, text, capacity);

    REACHES(result == SEVL_OK && size == BYTES_MAX);
    PROVE(result == (capacity < SEVL_BASE64_SIZE(size) ? SEVL_ERROR_LENGTH : SEVL_OK));
    if (result != SEVL_OK)
        return;
    PROVE(text[SEVL_BASE64_SIZE(size) - 1] == '\0');
    result = sevl_base64_decode(text, SEVL_BASE64_SIZE(size) - 1, ENDING(decoded, size), size);
    PROVE(result == SEVL_OK);
    if (size == 0)
        return;
    size_t i = any_below(size);
    PROVE(ENDING(decoded, size)[i] == ENDING(bytes, size)[i]);
}

int main(void)
{
    size_t chosen_capacity = nondet_size();
    size_t chosen_size = nondet_size();
    for (size_t capacity = 0; capacity <= TEXT_MAX + 1; capacity++)
        for (size_t size = 0; size <= BYTES_MAX; size++)
            if (capacity == chosen_capacity && size == chosen_size)
                encode(capacity, size);
}
