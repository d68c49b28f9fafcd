/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "certificate_table.h"

#include "cli/text.h"
#include "numbers.h"

#define ENTRY_SIZE 24
#define ENTRY_OFFSET 16
#define ENTRY_LENGTH 20

static bool is_end(const uint8_t *entry)
{
    uint8_t any = 0;
    for (size_t i = 0; i < ENTRY_SIZE; i++)
        any |= entry[i];
    return any == 0;
}

bool certificate_table_count(const uint8_t *table, size_t size, size_t *count)
{
    *count = 0;
    for (size_t at = 0; size - at >= ENTRY_SIZE; at += ENTRY_SIZE) {
        if (is_end(table + at))
            return true;
        uint32_t offset = number_get32(table + at + ENTRY_OFFSET);
        if (offset > size || number_get32(table + at + ENTRY_LENGTH) > size - offset)
            return false;
        (*count)++;
    }
    return false;
}

/* The bytes stand in the order of the text, unlike those of other GUIDs. */
static void write_guid(char *text, const uint8_t *bytes)
{
    for (size_t i = 0; i < ENTRY_OFFSET; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            *text++ = '-';
        text_from_bytes(text, bytes + i, 1);
        text += 2;
    }
}

static void find_name(struct certificate_table_entry *entry)
{
    static const struct known {
        const char *guid;
        const char *name;
        bool is_der;
    } known[] = {
        {"63da758d-e664-4564-adc5-f4b93be8accd", "VCEK", true},
        {"a8074bc2-a25a-483e-aae6-39c045a0b8a1", "VLEK", true},
        {"4ab7b379-bbac-4fe4-a02f-05aef327c782", "ASK or ASVK", true},
        {"c0b406a4-a803-4952-9743-3fb6014cd0ae", "ARK", true},
        {"92f81bc3-5811-4d3d-97ff-d19f88dc67ea", "CRL", true},
        {"9f4116cd-c503-4f5a-8f6f-fb68882f4ce2", "Google's endorsement", false},
        {"ecae0c0f-9502-43b1-afa2-0ae2e0d565b6", "CPUID of go-sev-guest", false},
    };
    entry->name = NULL;
    entry->is_der = false;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (text_equal(known[i].guid, entry->guid)) {
            entry->name = known[i].name;
            entry->is_der = known[i].is_der;
        }
}

void certificate_table_read(struct certificate_table_entry *entry, const uint8_t *table,
                            size_t index)
{
    const uint8_t *bytes = table + index * ENTRY_SIZE;
    entry->offset = number_get32(bytes + ENTRY_OFFSET);
    entry->data = (struct sevl_bytes){table + entry->offset, number_get32(bytes + ENTRY_LENGTH)};
    write_guid(entry->guid, bytes);
    find_name(entry);
}
