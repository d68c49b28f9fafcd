/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sevlaunch/guid.h"

#include <string.h>

#include "text.h"

/* Where each byte of the EFI form stands in the text. */
static const uint8_t text_offsets[SEVL_GUID_SIZE] = {6,  4,  2,  0,  11, 9,  16, 14,
                                                     19, 21, 24, 26, 28, 30, 32, 34};

static bool has_dashes(const char *text)
{
    return text[8] == '-' && text[13] == '-' && text[18] == '-' && text[23] == '-';
}

enum sevl_result sevl_guid_from_text(struct sevl_guid *guid, const char *text, size_t length)
{
    memset(guid, 0, sizeof *guid);
    if (length != SEVL_GUID_TEXT_LENGTH || !has_dashes(text))
        return SEVL_ERROR_ENCODING;
    for (size_t i = 0; i < SEVL_GUID_SIZE; i++) {
        int high = sevl_hex_digit(text[text_offsets[i]]);
        int low = sevl_hex_digit(text[text_offsets[i] + 1]);
        if (high < 0 || low < 0) {
            memset(guid, 0, sizeof *guid);
            return SEVL_ERROR_ENCODING;
        }
        guid->bytes[i] = (uint8_t)(high << 4 | low);
    }
    return SEVL_OK;
}

void sevl_guid_to_text(const uint8_t bytes[SEVL_GUID_SIZE], char text[SEVL_GUID_TEXT_LENGTH + 1])
{
    static const char digits[] = "0123456789abcdef";
    memset(text, '-', SEVL_GUID_TEXT_LENGTH);
    for (size_t i = 0; i < SEVL_GUID_SIZE; i++) {
        text[text_offsets[i]] = digits[bytes[i] >> 4];
        text[text_offsets[i] + 1] = digits[bytes[i] & 15];
    }
    text[SEVL_GUID_TEXT_LENGTH] = '\0';
}

bool sevl_guid_equal(const struct sevl_guid *guid, const uint8_t bytes[SEVL_GUID_SIZE])
{
    for (size_t i = 0; i < SEVL_GUID_SIZE; i++)
        if (guid->bytes[i] != bytes[i])
            return false;
    return true;
}
