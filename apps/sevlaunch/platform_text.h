/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * What a host's tools print of its platform: answers of QMP, and tables as that of 'virsh
 * nodesevinfo'. Both name values in base64.
 */
#ifndef SEVLAUNCH_PLATFORM_TEXT_H
#define SEVLAUNCH_PLATFORM_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cli/input.h"

/*
 * Takes the value of a field, which is that of its place in the list of names: `size` bytes that
 * were decoded, 0 if it is no base64 and no hexadecimal text. They may be changed. Returns false
 * to end the reading.
 */
typedef bool platform_take_field(void *context, size_t field, uint8_t *value, size_t size);

enum platform_text {
    PLATFORM_TEXT_OTHER,   /* these bytes are no such text: nothing was taken */
    PLATFORM_TEXT_TAKEN,   /* one field or more were taken */
    PLATFORM_TEXT_NOTHING, /* what begins as JSON, but is none, or has no such field */
    PLATFORM_TEXT_REFUSED  /* a field was */
};

/*
 * Hands out the fields of some bytes, which are changed. `names`, which a NULL follows, are those
 * that are wanted. In JSON they may stand at any depth, and their values are copied to `memory`.
 */
enum platform_text platform_text_read(uint8_t *bytes, size_t size, struct cli_buffer memory,
                                      const char *const names[], platform_take_field *take,
                                      void *context);

#endif
