/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "chain_words.h"

#include <stdbool.h>
#include <stddef.h>

#include "cli/text.h"

static const char option[] = "--chain";

/* What stands where a word is: no file of the option, its first one, or one more. */
enum place { ELSEWHERE, FIRST, MORE };

static bool is_file(const char *word)
{
    return word[0] != '-' || word[1] == '\0';
}

static enum place place_after(const char *word, enum place place)
{
    size_t length = sizeof option - 1;
    if (text_equal(word, option))
        return FIRST;
    if (text_begins(word, option, length) && word[length] == '=')
        return MORE;
    return is_file(word) && place != ELSEWHERE ? MORE : ELSEWHERE;
}

const char *const *chain_words_expand(struct chain_words *expanded, const char *const words[])
{
    enum place place = ELSEWHERE;
    size_t used = 0;
    for (size_t i = 0; words[i] != NULL; i++) {
        if (used > CHAIN_WORDS_MAX - 2)
            return words;
        if (place == MORE && is_file(words[i]))
            expanded->words[used++] = option;
        expanded->words[used++] = words[i];
        place = place_after(words[i], place);
    }
    expanded->words[used] = NULL;
    return expanded->words;
}
