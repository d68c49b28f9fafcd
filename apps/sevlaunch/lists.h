/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Options that take several values at once, with commas in between. */
#ifndef SEVLAUNCH_LISTS_H
#define SEVLAUNCH_LISTS_H

#include "cli/console.h"
#include "cli/option.h"

#define LIST_MAX 16       /* values, or ranges of them, in one list */
#define LIST_ITEM_SIZE 32 /* the longest item, with its NUL */

struct list_ranges {
    uint32_t first[LIST_MAX];
    uint32_t last[LIST_MAX]; /* not less */
    size_t count;
};

struct list_numbers {
    uint64_t number[LIST_MAX];
    size_t count;
};

/* Reads an item; returns false if it is no value. */
typedef bool list_read_item(const char *item, uint64_t *number);

/*
 * Numbers from 1 to `max`, and ranges of them: "1-64,128". The option is given.
 * Returns CLI_GO_ON, or CLI_USAGE after an error line.
 */
PORT_CHECK enum cli_code list_read_ranges(struct list_ranges *ranges,
                                          const struct cli_arguments *arguments,
                                          const struct cli_console *console, size_t option,
                                          uint32_t max);

/*
 * Items that `read` knows; the same one twice is an error. A list that is not given is left
 * untouched. `expected` says what an item may be, for the error line.
 * Returns CLI_GO_ON, or CLI_USAGE after that line.
 */
PORT_CHECK enum cli_code list_read(struct list_numbers *list, list_read_item *read,
                                   const char *expected, const struct cli_arguments *arguments,
                                   const struct cli_console *console, size_t option);

/* The largest number of all ranges, how many numbers they have, and whether they have one. */
uint32_t list_largest(const struct list_ranges *ranges);
uint32_t list_count(const struct list_ranges *ranges);
bool list_has(const struct list_ranges *ranges, uint32_t number);

#endif
