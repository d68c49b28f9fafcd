/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sevl_cmdline_variant_at, with a tail of up to 2 bytes and up to 2 blanks: each variant is one
 * that the command line has; all those that a diagnosis tells of have a number, and the numbers
 * have no gap; the value of a variant tells it again.
 */
#include "proof.h"

#include <core/guest/cmdline_variants.c>

static struct sevl_cmdline cmdline;
static struct sevl_cmdline_variant wanted;
static bool is_quoted;

bool sevl_cmdline_is_quoted(const struct sevl_cmdline *of)
{
    PROVE(of == &cmdline);
    return is_quoted;
}

static bool is_same(struct sevl_cmdline_variant a, struct sevl_cmdline_variant b)
{
    return a.is_unquoted == b.is_unquoted && a.cut == b.cut && a.ending == b.ending &&
           a.blanks == b.blanks;
}

/* Whether it is one that a diagnosis tells of. */
static bool is_told(void)
{
    bool is_plain = wanted.cut == 0 && wanted.blanks == 0;
    bool is_line_end = wanted.ending == SEVL_CMDLINE_NEWLINE || wanted.ending == SEVL_CMDLINE_CRLF;
    if (wanted.is_unquoted)
        return is_quoted && is_plain && wanted.ending == SEVL_CMDLINE_NOTHING;
    if (wanted.ending == SEVL_CMDLINE_NUL || wanted.ending == SEVL_CMDLINE_NO_NUL)
        return is_plain;
    if (wanted.cut > cmdline.tail_size || wanted.blanks > SEVL_CMDLINE_BLANKS_MAX)
        return false;
    bool is_end = wanted.cut == 0 || wanted.cut == cmdline.tail_size;
    return is_line_end ? is_end : is_end || wanted.blanks == 0;
}

/* How many there are: without marks, cut, and with each ending of one or of two cuts. */
static uint32_t count(void)
{
    uint32_t tail = cmdline.tail_size;
    return (is_quoted ? 1 : 0) + tail + 3 * 3 + 2 + (tail > 0 ? 3 * 3 : 0);
}

static void check_variant(struct sevl_cmdline_variant variant)
{
    PROVE(variant.cut <= cmdline.tail_size && variant.blanks <= SEVL_CMDLINE_BLANKS_MAX);
    PROVE(!variant.is_unquoted || is_quoted);
    PROVE(
        is_same(variant, sevl_cmdline_variant_from_value(sevl_cmdline_variant_to_value(variant))));
}

int main(void)
{
    static const enum sevl_cmdline_ending endings[] = {SEVL_CMDLINE_NEWLINE, SEVL_CMDLINE_CRLF,
                                                       SEVL_CMDLINE_NUL, SEVL_CMDLINE_NO_NUL,
                                                       SEVL_CMDLINE_NOTHING};
    struct sevl_cmdline_variant variant;
    uint32_t any = nondet_u32();
    bool is_found = false;
    __CPROVER_havoc_object(&cmdline);
    ASSUME(cmdline.tail_size <= SEVL_CMDLINE_TAIL_SIZE);
    is_quoted = nondet_bool();
    wanted.is_unquoted = nondet_bool();
    wanted.cut = nondet_u8();
    wanted.blanks = nondet_u8();
    wanted.ending = endings[any_below(5)];

    bool is_one = sevl_cmdline_variant_at(&cmdline, any, &variant);

    PROVE(is_one == (any < count()));
    if (is_one)
        check_variant(variant);
    for (uint32_t n = 0; sevl_cmdline_variant_at(&cmdline, n, &variant); n++)
        is_found = is_found || is_same(variant, wanted);
    REACHES(is_found && wanted.cut == 2 && wanted.ending == SEVL_CMDLINE_CRLF);
    PROVE(is_found == is_told());
}
