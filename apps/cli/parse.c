/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "cli/parse.h"

#include "cli/text.h"

/*
 * Options are told apart as Python's argparse does, from which users know the
 * command: "-" and what holds a blank is a value, "--" ends the options.
 */
enum match { MATCH_NONE, MATCH_ONE, MATCH_SEVERAL };

/* One word, taken for an option. */
struct candidate {
    enum match match;
    size_t option;     /* of several, the first */
    const char *value; /* after '=' or the letter; NULL when there is nothing */
    bool bundled;      /* the value stands right after a letter */
};

/* The first thing that was wrong; its line is printed once --quiet is known. */
struct mistake {
    const char *word;
    const char *problem;
    bool own; /* of what is ambiguous: only options with CLI_OWN were counted */
};

/* A problem whose line goes on with what the word could be. */
static const char ambiguous[] = "' is ambiguous:";

struct parser {
    const struct cli_command *command;
    struct cli_arguments *arguments;
    struct mistake mistake;
    const char *const *next;
};

static bool is_own(const struct cli_option *option)
{
    return (option->traits & CLI_OWN) != 0;
}

static bool is_flag(const struct cli_option *option)
{
    return option->value == NULL;
}

/* Whether a word begins an option's name, of the command's own options or the others. */
static bool can_be(const char *word, const struct cli_option *option, bool own)
{
    return is_own(option) == own && text_begins(option->name, word, text_length_to(word, '='));
}

/* The option that is written out. */
static struct candidate find_name(const struct cli_command *command, const char *word)
{
    size_t length = text_length_to(word, '=');
    for (size_t i = 0; i < command->count; i++) {
        const char *name = command->options[i].name;
        if (text_begins(name, word, length) && name[length] == '\0')
            return (struct candidate){.match = MATCH_ONE, .option = i};
    }
    return (struct candidate){.match = MATCH_NONE};
}

/* The options that a word is the beginning of. */
static struct candidate find_start(const struct cli_command *command, const char *word, bool own)
{
    struct candidate found = {.match = MATCH_NONE};
    for (size_t i = 0; i < command->count; i++) {
        if (!can_be(word, &command->options[i], own))
            continue;
        if (found.match == MATCH_NONE)
            found = (struct candidate){.match = MATCH_ONE, .option = i};
        else
            found.match = MATCH_SEVERAL;
    }
    return found;
}

static struct candidate find_long(const struct cli_command *command, const char *word)
{
    size_t length = text_length_to(word, '=');
    struct candidate found = find_name(command, word);
    if (found.match == MATCH_NONE)
        found = find_start(command, word, false);
    if (found.match == MATCH_NONE)
        found = find_start(command, word, true);
    found.value = word[length] == '=' ? word + length + 1 : NULL;
    return found;
}

static struct candidate find_letter(const struct cli_command *command, char letter,
                                    const char *rest)
{
    struct candidate found = {.match = MATCH_NONE, .bundled = true};
    for (size_t i = 0; i < command->count; i++) {
        if (command->options[i].letter != letter)
            continue;
        found.match = MATCH_ONE;
        found.option = i;
        found.value = *rest == '\0' ? NULL : rest;
    }
    return found;
}

/* Of what begins with '-' and is more than that. */
static struct candidate find_option(const struct cli_command *command, const char *word)
{
    if (word[1] == '-')
        return find_long(command, word);
    return find_letter(command, word[1], word + 2);
}

static bool is_value(const struct cli_command *command, const char *word)
{
    if (word[0] != '-' || word[1] == '\0')
        return true;
    return find_option(command, word).match == MATCH_NONE && text_contains(word, ' ');
}

static void note_mistake(struct parser *parser, const char *word, const char *problem, bool own)
{
    if (parser->mistake.problem == NULL)
        parser->mistake = (struct mistake){word, problem, own};
}

static void set_flag(struct parser *parser, struct candidate found)
{
    parser->arguments->value[found.option] = "";
    if (found.value != NULL)
        note_mistake(parser, cli_name(parser->arguments, found.option), "' takes no value", false);
}

static bool add_repeated(struct cli_arguments *arguments, size_t option, const char *value)
{
    size_t count = arguments->repeated_count;
    if (count == CLI_REPEATED_MAX)
        return false;
    arguments->repeated[count] = value;
    arguments->repeated_option[count] = (uint8_t)option;
    arguments->repeated_count++;
    return true;
}

/* The value that an option is given: its own, or the next word. */
static const char *take_value(struct parser *parser, struct candidate found)
{
    if (found.value == NULL && *parser->next != NULL && is_value(parser->command, *parser->next))
        return *parser->next++;
    if (found.bundled && found.value != NULL && found.value[0] == '=')
        return found.value + 1;
    return found.value;
}

static void set_option_value(struct parser *parser, struct candidate found)
{
    struct cli_arguments *arguments = parser->arguments;
    const char *name = cli_name(arguments, found.option);
    const char *value = take_value(parser, found);
    if (value == NULL)
        note_mistake(parser, name, "' needs a value (one that starts with '-' goes after a '=')",
                     false);
    else if (cli_has_trait(arguments, found.option, CLI_REPEATS) &&
             !add_repeated(arguments, found.option, value))
        note_mistake(parser, name, "' is given too often", false);
    arguments->value[found.option] = value;
}

/* "-dqf PATH": every letter but the last is a flag. */
static struct candidate set_bundled_flags(struct parser *parser, struct candidate found)
{
    const struct cli_option *options = parser->command->options;
    while (found.match == MATCH_ONE && found.bundled && is_flag(&options[found.option]) &&
           found.value != NULL) {
        parser->arguments->value[found.option] = "";
        found = find_letter(parser->command, found.value[0], found.value + 1);
    }
    return found;
}

static void read_option(struct parser *parser, const char *word)
{
    const struct cli_option *options = parser->command->options;
    struct candidate found = set_bundled_flags(parser, find_option(parser->command, word));
    if (found.match == MATCH_NONE)
        note_mistake(parser, word, "' is not an option; --help lists them", false);
    else if (found.match == MATCH_SEVERAL)
        note_mistake(parser, word, ambiguous, is_own(&options[found.option]));
    else if (is_flag(&options[found.option]))
        set_flag(parser, found);
    else
        set_option_value(parser, found);
}

/* Help is for those who got something wrong: it comes even if more is missing. */
static bool is_help_asked(const struct parser *parser)
{
    return parser->mistake.problem == NULL && cli_has(parser->arguments, parser->command->help);
}

static void read_words(struct parser *parser)
{
    bool options_ended = false;
    while (*parser->next != NULL && !is_help_asked(parser)) {
        const char *word = *parser->next++;
        if (!options_ended && text_equal(word, "--"))
            options_ended = true;
        else if (options_ended || is_value(parser->command, word))
            note_mistake(parser, word, "' belongs to no option; --help lists them", false);
        else
            read_option(parser, word);
    }
}

static enum cli_code fail_mistake(const struct cli_console *console,
                                  const struct cli_command *command, const struct mistake *mistake)
{
    const char *parts[4 + 2 * CLI_OPTIONS_MAX] = {"ERROR: '", mistake->word, mistake->problem};
    size_t used = 3;
    for (size_t i = 0; mistake->problem == ambiguous && i < command->count; i++) {
        if (!can_be(mistake->word, &command->options[i], mistake->own))
            continue;
        parts[used++] = " ";
        parts[used++] = command->options[i].name;
    }
    return cli_error_of(console, CLI_USAGE, parts);
}

enum cli_code cli_parse(struct cli_arguments *arguments, struct cli_console *console,
                        const struct cli_command *command, const char *const words[])
{
    struct parser parser = {.command = command, .arguments = arguments, .next = words};
    *arguments = (struct cli_arguments){.command = command};
    read_words(&parser);
    console->quiet = cli_has(arguments, command->quiet);
    console->debug = cli_has(arguments, command->debug);
    if (parser.mistake.problem != NULL)
        return fail_mistake(console, command, &parser.mistake);
    return CLI_GO_ON;
}
