/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Words of a command whose option --chain takes any number of files. */
#ifndef SEVLAUNCH_CHAIN_WORDS_H
#define SEVLAUNCH_CHAIN_WORDS_H

#define CHAIN_WORDS_MAX 80

/* Memory for words: the pointers of a command's own, and a NULL. */
struct chain_words {
    const char *words[CHAIN_WORDS_MAX + 1];
};

/*
 * Repeats --chain before each further file that follows it: "--chain A B" is "--chain A --chain B".
 * Returns the words, which a NULL follows, in `expanded`; or `words` as they are if there are too
 * many of them.
 */
const char *const *chain_words_expand(struct chain_words *expanded, const char *const words[]);

#endif
