/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The one genuine report that the seeds have, in any form. */
#ifndef SEVLAUNCH_FUZZ_GENUINE_REPORT_H
#define SEVLAUNCH_FUZZ_GENUINE_REPORT_H

#include <ctype.h>
#include <openssl/sha.h>

#include "fuzz.h"
#include "snp_verify_trust.h"

/* Whether a report whose signed part has the hash that is trusted stands somewhere in it. */
static inline bool holds_genuine_report(const uint8_t *bytes, size_t size)
{
    uint8_t hash[48];
    for (size_t i = 0; i + 672 <= size; i++) {
        REQUIRE(SHA384(bytes + i, 672, hash) != NULL);
        if (memcmp(hash, trusted_report, sizeof hash) == 0)
            return true;
    }
    return false;
}

static inline int digit_of(const char *digits, uint8_t c)
{
    const char *found = c == 0 ? NULL : strchr(digits, c);
    return found == NULL ? -1 : (int)(found - digits);
}

/* Of what are digits of a base of 2^bits; all else is left out. */
static inline size_t decode(uint8_t *to, const uint8_t *text, size_t size, const char *digits,
                            unsigned bits)
{
    uint32_t have = 0;
    unsigned count = 0;
    size_t used = 0;
    for (size_t i = 0; i < size; i++) {
        int digit = digit_of(digits, bits == 4 ? (uint8_t)tolower(text[i]) : text[i]);
        if (digit < 0)
            continue;
        have = have << bits | (uint32_t)digit;
        count += bits;
        if (count >= 8) {
            count -= 8;
            to[used++] = (uint8_t)(have >> count);
        }
    }
    return used;
}

/* Resolves the escapes that a string of digits can have, in place. Returns its new size. */
static inline size_t unescape(uint8_t *text, size_t size)
{
    size_t used = 0;
    for (size_t i = 0; i < size; i++) {
        uint8_t c = text[i];
        if (c == '\\' && i + 1 < size) {
            c = text[++i];
            if (c == 'u' && i + 4 < size) {
                (void)decode(&c, text + i + 3, 2, "0123456789abcdef", 4);
                i += 4;
            } else if (c != '/') {
                c = ' ';
            }
        }
        text[used++] = c;
    }
    return used;
}

/* Whether it is such a report, in hexadecimal or base64; changes the text. */
static inline bool is_genuine_string(uint8_t *text, size_t size)
{
    static const char base64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    uint8_t *bytes = malloc(size + 1);
    REQUIRE(bytes != NULL);
    size = unescape(text, size);
    bool found = holds_genuine_report(bytes, decode(bytes, text, size, "0123456789abcdef", 4)) ||
                 holds_genuine_report(bytes, decode(bytes, text, size, base64, 6));
    free(bytes);
    return found;
}

#endif
