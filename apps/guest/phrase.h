/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Values as an option takes them, with what they stand for: the words of hints. */
#ifndef SEVLAUNCH_PHRASE_H
#define SEVLAUNCH_PHRASE_H

#include <sevlaunch/guest/cmdline.h>
#include <sevlaunch/guest/cpu_types.h>
#include <stddef.h>
#include <stdint.h>

#include "cli/text.h"

/* Zeroed memory is one of no words. What has no room is left out. */
struct phrase {
    size_t length;
    char text[160];
};

static inline void phrase_add(struct phrase *phrase, const char *text)
{
    for (; *text != '\0' && phrase->length + 1 < sizeof phrase->text; text++)
        phrase->text[phrase->length++] = *text;
    phrase->text[phrase->length] = '\0';
}

static inline void phrase_add_in_brackets(struct phrase *phrase, const char *text)
{
    phrase_add(phrase, " (");
    phrase_add(phrase, text);
    phrase_add(phrase, ")");
}

/* A CPUID signature in hexadecimal, with the names of those that have it. */
static inline void phrase_add_signature(struct phrase *phrase, uint32_t signature)
{
    phrase_add(phrase, text_hexadecimal(signature).text);
    for (size_t i = 0; i < SEVL_CPU_TYPES; i++)
        if (sevl_cpu_types[i].signature == signature)
            phrase_add_in_brackets(phrase, sevl_cpu_types[i].name);
    for (size_t i = 0; i < SEVL_SILICON_COUNT; i++)
        if (sevl_silicon[i].signature == signature)
            phrase_add_in_brackets(phrase, sevl_silicon[i].name);
}

/* Adds "3 blanks"; "a blank" for one, nothing for none. */
static inline void phrase_add_blanks(struct phrase *phrase, uint8_t count)
{
    if (count == 1)
        phrase_add(phrase, "a blank");
    if (count < 2)
        return;
    phrase_add(phrase, text_decimal(count).text);
    phrase_add(phrase, " blanks");
}

static inline void phrase_add_ending(struct phrase *phrase,
                                     const struct sevl_cmdline_variant *variant)
{
    static const char *const endings[] = {
        [SEVL_CMDLINE_NEWLINE] = "a newline", [SEVL_CMDLINE_CRLF] = "CR LF",
        [SEVL_CMDLINE_NUL] = "a NUL more",    [SEVL_CMDLINE_NO_NUL] = "no NUL",
        [SEVL_CMDLINE_NOTHING] = "",
    };
    const char *ending = endings[variant->ending];
    phrase_add(phrase, ending);
    if (*ending != '\0' && variant->blanks > 0)
        phrase_add(phrase, " and ");
    phrase_add_blanks(phrase, variant->blanks);
    phrase_add(phrase, " at its end");
}

static inline void phrase_add_cut(struct phrase *phrase, uint8_t cut)
{
    if (cut == 1) {
        phrase_add(phrase, "its last character left out");
        return;
    }
    phrase_add(phrase, "its last ");
    phrase_add(phrase, text_decimal(cut).text);
    phrase_add(phrase, " characters left out");
}

/*
 * How a command line is made of the one that was given: see
 * sevl_cmdline_variant_from_value().
 */
static inline void phrase_add_cmdline(struct phrase *phrase, uint32_t value)
{
    const struct sevl_cmdline_variant variant = sevl_cmdline_variant_from_value(value);
    bool has_ending = variant.ending != SEVL_CMDLINE_NOTHING || variant.blanks > 0;
    if (variant.is_unquoted) {
        phrase_add(phrase, "its quotation marks left out");
        return;
    }
    if (variant.cut > 0)
        phrase_add_cut(phrase, variant.cut);
    if (variant.cut > 0 && has_ending)
        phrase_add(phrase, " and ");
    if (has_ending)
        phrase_add_ending(phrase, &variant);
}

#endif
