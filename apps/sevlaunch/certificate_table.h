/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The table of certificates that a guest gets from its host (GHCB 2.03, section 4.1.8.1): entries
 * of a GUID, an offset and a length, up to one of zeros, and then what they lead to.
 */
#ifndef SEVLAUNCH_CERTIFICATE_TABLE_H
#define SEVLAUNCH_CERTIFICATE_TABLE_H

#include <sevlaunch/guid.h>
#include <sevlaunch/snp/certificate.h>

struct certificate_table_entry {
    char guid[SEVL_GUID_TEXT_LENGTH + 1];
    const char *name; /* NULL: it is not known */
    bool is_der;      /* the data are a certificate or a revocation list */
    uint32_t offset;
    struct sevl_bytes data; /* in the table's memory */
};

/* Counts the entries. Returns false if this is no table, or an entry is not all of it there. */
bool certificate_table_count(const uint8_t *table, size_t size, size_t *count);

/* An entry of those that were counted. */
void certificate_table_read(struct certificate_table_entry *entry, const uint8_t *table,
                            size_t index);

#endif
