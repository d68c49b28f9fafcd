/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "lists.h"

#include "cli/text.h"

/* Takes the next item off a list; returns false if it is empty or too long. */
static bool take_item(const char **list, char item[LIST_ITEM_SIZE], char separator)
{
    size_t length = text_length_to(*list, separator);
    if (length == 0 || length >= LIST_ITEM_SIZE)
        return false;
    for (size_t i = 0; i < length; i++)
        item[i] = (*list)[i];
    item[length] = '\0';
    *list += length;
    if (**list == '\0')
        return true;
    (*list)++;
    return **list != '\0'; /* something follows a separator */
}

static enum cli_code fail_list(const struct cli_arguments *arguments,
                               const struct cli_console *console, size_t option,
                               const char *expected)
{
    return cli_error(console, CLI_USAGE, cli_name(arguments, option), ": expected ", expected,
                     ", with commas in between, got '", arguments->value[option], "'");
}

static enum cli_code fail_length(const struct cli_arguments *arguments,
                                 const struct cli_console *console, size_t option)
{
    return cli_error(console, CLI_USAGE, cli_name(arguments, option), ": expected at most ",
                     text_decimal(LIST_MAX).text, " items, got '", arguments->value[option], "'");
}

/* "4", or "1-64". */
static bool read_range(char item[LIST_ITEM_SIZE], uint32_t max, uint32_t *first, uint32_t *last)
{
    char start[LIST_ITEM_SIZE];
    const char *rest = item;
    uint64_t from;
    uint64_t to;
    if (!take_item(&rest, start, '-') || !text_to_number(start, max, &from))
        return false;
    to = from;
    if (text_contains(item, '-') && !text_to_number(rest, max, &to))
        return false;
    *first = (uint32_t)from;
    *last = (uint32_t)to;
    return from >= 1 && from <= to;
}

enum cli_code list_read_ranges(struct list_ranges *ranges, const struct cli_arguments *arguments,
                               const struct cli_console *console, size_t option, uint32_t max)
{
    char item[LIST_ITEM_SIZE];
    const char *list = arguments->value[option];
    for (ranges->count = 0; *list != '\0' || ranges->count == 0; ranges->count++) {
        if (ranges->count == LIST_MAX)
            return fail_length(arguments, console, option);
        if (!take_item(&list, item, ',') ||
            !read_range(item, max, &ranges->first[ranges->count], &ranges->last[ranges->count]))
            return cli_error(console, CLI_USAGE, cli_name(arguments, option),
                             ": expected numbers from 1 to ", text_decimal(max).text,
                             " or ranges of them, as in 1-64,128, got '", arguments->value[option],
                             "'");
    }
    return CLI_GO_ON;
}

static bool has_number(const struct list_numbers *list, uint64_t number)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->number[i] == number)
            return true;
    return false;
}

enum cli_code list_read(struct list_numbers *list, list_read_item *read, const char *expected,
                        const struct cli_arguments *arguments, const struct cli_console *console,
                        size_t option)
{
    char item[LIST_ITEM_SIZE];
    uint64_t number;
    const char *rest = arguments->value[option];
    if (rest == NULL)
        return CLI_GO_ON;
    for (list->count = 0; *rest != '\0' || list->count == 0; list->count++) {
        if (list->count == LIST_MAX)
            return fail_length(arguments, console, option);
        if (!take_item(&rest, item, ',') || !read(item, &number))
            return fail_list(arguments, console, option, expected);
        if (has_number(list, number))
            return cli_error(console, CLI_USAGE, cli_name(arguments, option), ": '", item,
                             "' gives the same values twice");
        list->number[list->count] = number;
    }
    return CLI_GO_ON;
}

uint32_t list_largest(const struct list_ranges *ranges)
{
    uint32_t largest = 0;
    for (size_t i = 0; i < ranges->count; i++)
        if (ranges->last[i] > largest)
            largest = ranges->last[i];
    return largest;
}

bool list_has(const struct list_ranges *ranges, uint32_t number)
{
    for (size_t i = 0; i < ranges->count; i++)
        if (number >= ranges->first[i] && number <= ranges->last[i])
            return true;
    return false;
}

uint32_t list_count(const struct list_ranges *ranges)
{
    uint32_t count = 0;
    uint32_t largest = list_largest(ranges);
    for (uint32_t number = 1; number <= largest; number++)
        if (list_has(ranges, number))
            count++;
    return count;
}
