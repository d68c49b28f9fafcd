/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sevl_measurement_from_base64, for texts of 62 letters, and after them 0 to 4 characters
 * of any kind, or 4 before them or in their middle. What is not blank goes to the decoder,
 * if it has 64 characters. The decoder has its own proof, and any result here.
 */
#include "proof.h"

#include <sevlaunch/sha256.h>

#pragma CPROVER check push
#pragma CPROVER check disable "conversion" /* set_unequal(), unused here */
#include <core/sev/measurement.c>
#pragma CPROVER check pop

static char given[64];
static bool is_given;
static struct sevl_measurement decoded;
static enum sevl_result decoding = SEVL_OK;

enum sevl_result sevl_base64_decode(const char *text, size_t length, uint8_t *bytes, size_t size)
{
    PROVE(!is_given && length == 64 && size == 48);
    is_given = true;
    memcpy(given, text, 64);
    __CPROVER_havoc_object(&decoded);
    memcpy(bytes, &decoded, 48);
    decoding = nondet_bool() ? SEVL_OK : nondet_bool() ? SEVL_ERROR_ENCODING : SEVL_ERROR_LENGTH;
    return decoding;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static void read(size_t length, size_t start)
{
    char memory[66];
    struct sevl_measurement measurement;
    char *text = ENDING(memory, length);
    size_t wanted = any_below(64);
    size_t count = start;
    char any[4];
    char character = 'A'; /* the one at `wanted`, not counting blanks */
    memset(text, 'A', length);
    memcpy(text + start, any, length - 62);

    enum sevl_result result = sevl_measurement_from_base64(&measurement, text, length);

    for (size_t i = 0; i < length - 62; i++) {
        if (is_space(any[i]))
            continue;
        if (count++ == wanted)
            character = any[i];
    }
    count += 62 - start;
    REACHES(result == SEVL_OK && length == 66 && start == 31);
    REACHES(result == SEVL_ERROR_LENGTH && count > 64);
    PROVE(is_given == (count == 64));
    PROVE(result == (is_given ? decoding : SEVL_ERROR_LENGTH));
    PROVE(!is_given || given[wanted] == character);
    size_t i = any_below(sizeof measurement);
    PROVE(((uint8_t *)&measurement)[i] == (result == SEVL_OK ? ((uint8_t *)&decoded)[i] : 0));
}

int main(void)
{
    if (CASE < 5)
        read(62 + CASE, 62);
    else
        read(66, CASE == 5 ? 0 : 31);
}
