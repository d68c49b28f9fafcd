/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What holds of a secret table between calls. */
#ifndef SEVLAUNCH_SECRET_VALID_H
#define SEVLAUNCH_SECRET_VALID_H

#include "base/bytes.h"
#include "sevlaunch/sev/secret.h"

/* Each entry, 20 bytes or more of GUID, length and data, ends within the table. */
static inline bool sevl_secret_entries_are_valid(const uint8_t *buffer, uint32_t size)
{
    uint32_t at = 20;
    while (at < size) {
        uint32_t length = size - at < 20 ? 0 : sevl_get32(buffer + at + SEVL_GUID_SIZE);
        if (length < 20 || length > size - at)
            return false;
        at += length;
    }
    return at == size;
}

/* Zero, or begun: then there is room for the padding. */
static inline bool sevl_secret_table_is_valid(const struct sevl_secret_table *table,
                                              const uint8_t *buffer)
{
    if (table->size == 0)
        return table->capacity == 0;
    uint32_t padding = table->padding == SEVL_SECRET_PADDING_MINIMAL ? 15 : 16;
    return table->capacity <= SEVL_SECRET_MAX && table->size <= table->capacity &&
           (table->size + padding) / 16 * 16 <= table->capacity &&
           sevl_secret_entries_are_valid(buffer, table->size);
}

#endif
