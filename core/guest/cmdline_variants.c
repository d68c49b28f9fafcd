/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "guest/cmdline_variants.h"

static bool list_unquoted(const struct sevl_cmdline *cmdline, sevl_take_variant *take,
                          void *context)
{
    const struct sevl_cmdline_variant unquoted = {.is_unquoted = true,
                                                  .ending = SEVL_CMDLINE_NOTHING};
    return sevl_cmdline_is_quoted(cmdline) && take(context, unquoted);
}

/* Without each number of the bytes of its tail. */
static bool list_cuts(const struct sevl_cmdline *cmdline, sevl_take_variant *take, void *context)
{
    struct sevl_cmdline_variant variant = {.ending = SEVL_CMDLINE_NOTHING};
    for (variant.cut = 1; variant.cut <= cmdline->tail_size; variant.cut++)
        if (take(context, variant))
            return true;
    return false;
}

static bool list_blanks(struct sevl_cmdline_variant variant, sevl_take_variant *take, void *context)
{
    for (variant.blanks = 0; variant.blanks <= SEVL_CMDLINE_BLANKS_MAX; variant.blanks++)
        if (take(context, variant))
            return true;
    return false;
}

/* What may follow a command line of which `cut` bytes are cut off. */
static bool list_endings(uint8_t cut, sevl_take_variant *take, void *context)
{
    static const enum sevl_cmdline_ending endings[] = {SEVL_CMDLINE_NOTHING, SEVL_CMDLINE_NEWLINE,
                                                       SEVL_CMDLINE_CRLF};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (list_blanks((struct sevl_cmdline_variant){.cut = cut, .ending = endings[i]}, take,
                        context))
            return true;
    return false;
}

static bool list_nuls(sevl_take_variant *take, void *context)
{
    return take(context, (struct sevl_cmdline_variant){.ending = SEVL_CMDLINE_NUL}) ||
           take(context, (struct sevl_cmdline_variant){.ending = SEVL_CMDLINE_NO_NUL});
}

bool sevl_cmdline_list_variants(const struct sevl_cmdline *cmdline, sevl_take_variant *take,
                                void *context)
{
    uint8_t tail = cmdline->tail_size;
    if (list_unquoted(cmdline, take, context) || list_cuts(cmdline, take, context) ||
        list_endings(0, take, context) || list_nuls(take, context))
        return true;
    return tail > 0 && list_endings(tail, take, context);
}
