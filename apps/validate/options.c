/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "options.h"

#include "text.h"

/*
 * Options are told apart as Python's argparse does, from which users know the
 * command: "-" and what holds a blank is a value, "--" ends the options.
 */
enum match { MATCH_NONE, MATCH_ONE, MATCH_SEVERAL };

/* One argument, taken for an option. */
struct candidate {
    enum match match;
    enum option option;
    const char *value; /* behind '=' or the letter; NULL when there is nothing */
    bool bundled;      /* the value stands right behind a letter */
};

/* The first thing that was wrong; its line is printed once --quiet is known. */
struct mistake {
    const char *argument;
    const char *problem;
    bool own; /* of what is ambiguous: only this command's options were counted */
};

/* A problem whose line goes on with what the argument could be. */
static const char ambiguous[] = "' is ambiguous:";

struct reader {
    struct options *options;
    struct mistake mistake;
    const char *const *next;
};

static size_t name_length(const char *argument)
{
    size_t length = 0;
    while (argument[length] != '\0' && argument[length] != '=')
        length++;
    return length;
}

/* Libvirt's options and this command's own are counted apart: see option_form. */
struct count {
    int matches;
    enum option first;
};

static void count(struct count *counted, enum option option)
{
    if (counted->matches++ == 0)
        counted->first = option;
}

static struct candidate find_name(const char *argument)
{
    struct count counted[2] = {{0, OPTION_COUNT}, {0, OPTION_COUNT}};
    size_t length = name_length(argument);
    const char *value = argument[length] == '=' ? argument + length + 1 : NULL;
    for (int i = 0; i < OPTION_COUNT; i++) {
        const struct option_form *form = &option_forms[i];
        if (!text_begins(form->name, argument, length))
            continue;
        if (form->name[length] == '\0')
            return (struct candidate){MATCH_ONE, (enum option)i, value, false};
        count(&counted[form->own], (enum option)i);
    }
    const struct count *best = counted[false].matches > 0 ? &counted[false] : &counted[true];
    enum match match = best->matches > 1 ? MATCH_SEVERAL : (enum match)best->matches;
    return (struct candidate){match, best->first, value, false};
}

static struct candidate find_letter(char letter, const char *rest)
{
    struct candidate found = {.match = MATCH_NONE, .bundled = true};
    for (int i = 0; i < OPTION_COUNT; i++) {
        if (option_forms[i].letter != letter)
            continue;
        found.match = MATCH_ONE;
        found.option = (enum option)i;
        found.value = *rest == '\0' ? NULL : rest;
    }
    return found;
}

/* Of what begins with '-' and is more than that. */
static struct candidate find(const char *argument)
{
    if (argument[1] == '-')
        return find_name(argument);
    return find_letter(argument[1], argument + 2);
}

static bool is_value(const char *argument)
{
    if (argument[0] != '-' || argument[1] == '\0')
        return true;
    return find(argument).match == MATCH_NONE && text_contains(argument, ' ');
}

static void note(struct reader *reader, const char *argument, const char *problem)
{
    if (reader->mistake.problem == NULL)
        reader->mistake = (struct mistake){argument, problem, false};
}

static void note_ambiguous(struct reader *reader, const char *argument, enum option first)
{
    if (reader->mistake.problem == NULL)
        reader->mistake = (struct mistake){argument, ambiguous, option_forms[first].own};
}

static void set_flag(struct reader *reader, struct candidate found)
{
    reader->options->value[found.option] = "";
    if (found.value != NULL)
        note(reader, option_forms[found.option].name, "' takes no value");
}

static bool add_secret(struct options *options, const char *value)
{
    if (options->secrets == OPTIONS_SECRETS_MOST)
        return false;
    options->secret[options->secrets++] = value;
    return true;
}

static void set_value(struct reader *reader, struct candidate found)
{
    if (found.value == NULL && *reader->next != NULL && is_value(*reader->next))
        found.value = *reader->next++;
    else if (found.bundled && found.value != NULL && found.value[0] == '=')
        found.value++;
    if (found.option == OPTION_INJECT_SECRET && !add_secret(reader->options, found.value))
        note(reader, option_forms[found.option].name, "' is given too often");
    reader->options->value[found.option] = found.value;
    if (found.value == NULL)
        note(reader, option_forms[found.option].name,
             "' needs a value (one that starts with '-' goes behind a '=')");
}

static bool is_flag(enum option option)
{
    return option_forms[option].value == NULL;
}

/* "-dqf PATH": every letter but the last is a flag. */
static struct candidate set_bundled_flags(struct reader *reader, struct candidate found)
{
    while (found.match == MATCH_ONE && found.bundled && is_flag(found.option) &&
           found.value != NULL) {
        reader->options->value[found.option] = "";
        found = find_letter(found.value[0], found.value + 1);
    }
    return found;
}

static void read_option(struct reader *reader, const char *argument)
{
    struct candidate found = set_bundled_flags(reader, find(argument));
    if (found.match == MATCH_NONE)
        note(reader, argument, "' is not an option; --help lists them");
    else if (found.match == MATCH_SEVERAL)
        note_ambiguous(reader, argument, found.option);
    else if (is_flag(found.option))
        set_flag(reader, found);
    else
        set_value(reader, found);
}

/* Help is for those who got something wrong: it comes even if more is missing. */
static bool is_answered(const struct reader *reader)
{
    return reader->mistake.problem == NULL && reader->options->value[OPTION_HELP] != NULL;
}

static void read_arguments(struct reader *reader)
{
    bool options_ended = false;
    while (*reader->next != NULL && !is_answered(reader)) {
        const char *argument = *reader->next++;
        if (!options_ended && text_equal(argument, "--"))
            options_ended = true;
        else if (options_ended || is_value(argument))
            note(reader, argument, "' belongs to no option; --help lists them");
        else
            read_option(reader, argument);
    }
}

/* Whether an ambiguous argument can be this option: see find_name(). */
static bool can_be(const struct mistake *mistake, const struct option_form *form)
{
    return form->own == mistake->own &&
           text_begins(form->name, mistake->argument, name_length(mistake->argument));
}

static bool fail(struct console *console, const struct mistake *mistake)
{
    const char *parts[4 + 2 * OPTION_COUNT] = {"ERROR: '", mistake->argument, mistake->problem};
    size_t used = 3;
    if (mistake->problem == ambiguous)
        for (int i = 0; i < OPTION_COUNT; i++) {
            if (!can_be(mistake, &option_forms[i]))
                continue;
            parts[used++] = " ";
            parts[used++] = option_forms[i].name;
        }
    return console_fail_parts(console, CODE_USAGE, parts);
}

bool options_parse(struct options *options, struct console *console, const char *const arguments[])
{
    struct reader reader = {.options = options, .next = arguments};
    *options = (struct options){.secrets = 0};
    read_arguments(&reader);
    console->quiet = options->value[OPTION_QUIET] != NULL;
    console->debug = options->value[OPTION_DEBUG] != NULL;
    return reader.mistake.problem == NULL || fail(console, &reader.mistake);
}
