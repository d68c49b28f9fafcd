/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "utf.h"

#define REPLACEMENT 0xfffd

static bool is_surrogate(uint32_t code)
{
    return code >= 0xd800 && code <= 0xdfff;
}

/* The upper bits of the first byte tell how many bytes follow. */
static void begin_sequence(struct utf8 *utf8, unsigned char byte)
{
    if (byte < 0x80)
        *utf8 = (struct utf8){.code = byte};
    else if (byte >= 0xc0 && byte < 0xe0)
        *utf8 = (struct utf8){.code = byte & 0x1f, .min = 0x80, .left = 1};
    else if (byte >= 0xe0 && byte < 0xf0)
        *utf8 = (struct utf8){.code = byte & 0x0f, .min = 0x800, .left = 2};
    else if (byte >= 0xf0 && byte < 0xf8)
        *utf8 = (struct utf8){.code = byte & 0x07, .min = 0x10000, .left = 3};
    else
        *utf8 = (struct utf8){.code = UTF_MALFORMED, .min = UTF_MALFORMED};
}

static uint32_t checked_code(const struct utf8 *utf8)
{
    bool valid = utf8->code >= utf8->min && utf8->code <= 0x10ffff && !is_surrogate(utf8->code);
    return valid ? utf8->code : UTF_MALFORMED;
}

size_t utf8_decode(struct utf8 *utf8, unsigned char byte, uint32_t codes[2])
{
    size_t count = 0;
    if (utf8->left > 0 && (byte & 0xc0) == 0x80) {
        utf8->code = utf8->code << 6 | (byte & 0x3f);
        utf8->left--;
    } else {
        if (utf8->left > 0)
            codes[count++] = UTF_MALFORMED;
        begin_sequence(utf8, byte);
    }
    if (utf8->left == 0)
        codes[count++] = checked_code(utf8);
    return count;
}

size_t utf16_decode(struct utf16 *utf16, CHAR16 unit, uint32_t codes[2])
{
    size_t count = 0;
    CHAR16 high = utf16->high;
    utf16->high = 0;
    if (high != 0 && unit >= 0xdc00 && unit <= 0xdfff) {
        codes[count++] = 0x10000 + ((uint32_t)(high - 0xd800) << 10) + (uint32_t)(unit - 0xdc00);
        return count;
    }
    if (high != 0)
        codes[count++] = UTF_MALFORMED;
    if (unit >= 0xd800 && unit <= 0xdbff)
        utf16->high = unit;
    else
        codes[count++] = is_surrogate(unit) ? UTF_MALFORMED : unit;
    return count;
}

size_t utf8_encode(uint32_t code, char bytes[4])
{
    size_t count = 0;
    if (code == UTF_MALFORMED)
        code = REPLACEMENT;
    if (code < 0x80) {
        bytes[count++] = (char)code;
        return count;
    }
    if (code < 0x800) {
        bytes[count++] = (char)(0xc0 | code >> 6);
    } else if (code < 0x10000) {
        bytes[count++] = (char)(0xe0 | code >> 12);
        bytes[count++] = (char)(0x80 | (code >> 6 & 0x3f));
    } else {
        bytes[count++] = (char)(0xf0 | code >> 18);
        bytes[count++] = (char)(0x80 | (code >> 12 & 0x3f));
        bytes[count++] = (char)(0x80 | (code >> 6 & 0x3f));
    }
    bytes[count++] = (char)(0x80 | (code & 0x3f));
    return count;
}

size_t utf16_encode(uint32_t code, CHAR16 units[2])
{
    if (code == UTF_MALFORMED)
        code = REPLACEMENT;
    if (code < 0x10000) {
        units[0] = (CHAR16)code;
        return 1;
    }
    units[0] = (CHAR16)(0xd800 + ((code - 0x10000) >> 10));
    units[1] = (CHAR16)(0xdc00 + ((code - 0x10000) & 0x3ff));
    return 2;
}

static bool append_units(uint32_t code, CHAR16 *units, size_t room, size_t *used)
{
    CHAR16 pair[2];
    size_t count = utf16_encode(code, pair);
    if (code == UTF_MALFORMED || room - *used <= count)
        return false;
    for (size_t i = 0; i < count; i++)
        units[(*used)++] = pair[i];
    return true;
}

bool utf8_to_utf16(const char *text, CHAR16 *units, size_t room)
{
    struct utf8 utf8 = {0};
    uint32_t codes[2];
    size_t used = 0;
    for (; *text != '\0'; text++) {
        size_t count = utf8_decode(&utf8, (unsigned char)*text, codes);
        for (size_t i = 0; i < count; i++)
            if (!append_units(codes[i], units, room, &used))
                return false;
    }
    units[used] = 0;
    return utf8.left == 0;
}
