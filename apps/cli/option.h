/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The options of a command: the table that it hands in, and what was given of them. */
#ifndef SEVLAUNCH_CLI_OPTION_H
#define SEVLAUNCH_CLI_OPTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Options of a command, which a build whose commands have fewer may say; values of those that
 * repeat. */
#ifndef CLI_OPTIONS_MAX
#define CLI_OPTIONS_MAX 64
#endif
#define CLI_REPEATED_MAX 16

enum cli_trait {
    CLI_OWN = 1,       /* the tool that the command stands in for has no such option: of an
                          abbreviation that could be either, that tool's option is meant */
    CLI_REPEATS = 2,   /* every value counts, not the last alone */
    CLI_INPUT = 4,     /* the value names a file to read; "-" is standard input */
    CLI_OUTPUT = 8,    /* the value names a file to write */
    CLI_LABELLED = 16, /* the value is LABEL:NAME, split at its first colon */
    CLI_PRINTS = 32,   /* it is answered on standard output, with --quiet too */
    CLI_NEXT = 64      /* the value names the program that follows a match */
};

/* A row of the table. Other options are bits: see CLI_BIT(). */
struct cli_option {
    const char *name;  /* with its two dashes */
    const char *value; /* what stands for the value in the help; NULL for a flag */
    const char *help;  /* NULL: the help does not list it */
    const char *group; /* the heading that this option is the first under, or NULL */
    uint64_t needs;    /* all of these have to be given with it */
    uint64_t excludes; /* none of these may be */
    char letter;       /* '\0' when there is none */
    uint8_t traits;    /* of enum cli_trait */
    uint8_t marks;     /* what the command alone wants to know: nobody here looks at them */
};

/* The bit of an option, by its place in the table. */
#define CLI_BIT(option) (UINT64_C(1) << (option))

struct cli_command {
    const char *name;
    const char *const *before; /* the help's lines before the options, then a NULL */
    const char *const *after;  /* those after them */
    const struct cli_option *options;
    uint8_t count; /* of options: at most CLI_OPTIONS_MAX */
    uint8_t help;  /* the places of those that every command has */
    uint8_t quiet;
    uint8_t debug;
};

/* What was given. */
struct cli_arguments {
    const struct cli_command *command;
    const char *value[CLI_OPTIONS_MAX]; /* the last one; "" for a flag; NULL: not given */
    const char *repeated[CLI_REPEATED_MAX];
    uint8_t repeated_option[CLI_REPEATED_MAX]; /* that the value belongs to */
    uint8_t repeated_count;
};

static inline bool cli_has(const struct cli_arguments *arguments, size_t option)
{
    return arguments->value[option] != NULL;
}

static inline bool cli_has_trait(const struct cli_arguments *arguments, size_t option,
                                 enum cli_trait trait)
{
    return (arguments->command->options[option].traits & trait) != 0;
}

/* The name of an option, for error lines. */
static inline const char *cli_name(const struct cli_arguments *arguments, size_t option)
{
    return arguments->command->options[option].name;
}

/* How many values an option was given, of which all count. */
size_t cli_count(const struct cli_arguments *arguments, size_t option);

/* The n-th of them, from 0 on; NULL when there are fewer. */
const char *cli_value(const struct cli_arguments *arguments, size_t option, size_t n);

/* The same of an option that names files: the NAME in LABEL:NAME. */
const char *cli_path(const struct cli_arguments *arguments, size_t option, size_t n);

#endif
