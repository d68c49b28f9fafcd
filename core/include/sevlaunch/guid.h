/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* GUIDs, which name tables and secrets. See sevlaunch.h for the conventions. */
#ifndef SEVLAUNCH_GUID_H
#define SEVLAUNCH_GUID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "result.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A GUID as EFI stores it: the first three fields with their least byte first. */
#define SEVL_GUID_SIZE 16
struct sevl_guid {
    uint8_t bytes[SEVL_GUID_SIZE];
};

/* The characters of a GUID's text, "736869e5-84f0-4973-92ec-06879ce3da0b". */
#define SEVL_GUID_TEXT_LENGTH 36

/*
 * Reads a GUID from text of `length` characters, hexadecimal digits in either
 * case (RFC 9562, section 4), with no NUL at its end.
 * Returns SEVL_OK, or SEVL_ERROR_ENCODING if the text is anything else.
 */
SEVL_CHECK enum sevl_result sevl_guid_from_text(struct sevl_guid *guid, const char *text,
                                                size_t length);

/* Writes the text of a GUID, digits in small letters, and a NUL. */
void sevl_guid_to_text(const uint8_t bytes[SEVL_GUID_SIZE], char text[SEVL_GUID_TEXT_LENGTH + 1]);

/* Whether `bytes` are those of a GUID, which is public: not in constant time. */
SEVL_CHECK bool sevl_guid_equal(const struct sevl_guid *guid, const uint8_t bytes[SEVL_GUID_SIZE]);

#ifdef __cplusplus
}
#endif

#endif
