/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "guest/cmdline_variants.h"

#define BLANKS (SEVL_CMDLINE_BLANKS_MAX + 1)
#define NULS 2

static const uint8_t line_ends[] = {SEVL_CMDLINE_NOTHING, SEVL_CMDLINE_NEWLINE, SEVL_CMDLINE_CRLF};
#define LINE_ENDS (sizeof line_ends)

/* What may follow a command line of which some bytes are cut off. */
static bool put_ending(struct sevl_cmdline_variant *variant, uint32_t number)
{
    for (size_t i = 0; i < LINE_ENDS; i++, number -= BLANKS)
        if (number < BLANKS) {
            variant->ending = (enum sevl_cmdline_ending)line_ends[i];
            variant->blanks = (uint8_t)number;
            return true;
        }
    variant->ending = number == 0 ? SEVL_CMDLINE_NUL : SEVL_CMDLINE_NO_NUL;
    return variant->cut == 0;
}

bool sevl_cmdline_variant_at(const struct sevl_cmdline *cmdline, uint32_t number,
                             struct sevl_cmdline_variant *variant)
{
    const uint32_t endings = LINE_ENDS * BLANKS + NULS;
    uint32_t tail = cmdline->tail_size;
    *variant = (struct sevl_cmdline_variant){.ending = SEVL_CMDLINE_NOTHING};
    uint32_t marks = sevl_cmdline_is_quoted(cmdline) ? 1 : 0;
    variant->is_unquoted = number < marks;
    if (number < marks)
        return true;
    number -= marks;
    if (number < tail) {
        variant->cut = (uint8_t)(number + 1);
        return true;
    }
    number -= tail;
    if (number < endings)
        return put_ending(variant, number);
    variant->cut = (uint8_t)tail;
    return tail > 0 && put_ending(variant, number - endings);
}
