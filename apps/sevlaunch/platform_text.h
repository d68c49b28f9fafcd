/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * What a host's tools print of its platform: QMP's query-sev-capabilities and 'virsh
 * nodesevinfo'. Both name the certificates, in base64.
 */
#ifndef SEVLAUNCH_PLATFORM_TEXT_H
#define SEVLAUNCH_PLATFORM_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum platform_field { PLATFORM_FIELD_PDH, PLATFORM_FIELD_CERT_CHAIN, PLATFORM_FIELD_CHIP_ID };
#define PLATFORM_FIELDS (PLATFORM_FIELD_CHIP_ID + 1)

/* "cert-chain" for example. */
const char *platform_field_name(enum platform_field field);

/*
 * Takes the value of a field: `size` bytes that were decoded, 0 if it is no base64 and no
 * hexadecimal text. They may be changed. Returns false to end the reading.
 */
typedef bool platform_take_field(void *context, enum platform_field field, uint8_t *value,
                                 size_t size);

enum platform_text {
    PLATFORM_TEXT_OTHER,   /* these bytes are no such text: nothing was taken */
    PLATFORM_TEXT_TAKEN,   /* one field or more were taken */
    PLATFORM_TEXT_NOTHING, /* JSON, or what begins as JSON, with none of these fields */
    PLATFORM_TEXT_REFUSED  /* a field was */
};

/*
 * Hands out the fields of some bytes, which are changed. In JSON they may stand at any depth, and
 * their values are copied to `memory` of `room` bytes, at least 1.
 */
enum platform_text platform_text_read(uint8_t *bytes, size_t size, uint8_t *memory, size_t room,
                                      platform_take_field *take, void *context);

#endif
