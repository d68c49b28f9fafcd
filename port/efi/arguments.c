/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "arguments.h"

#include <string.h>

#include "utf.h"

static const char not_text[] = "the arguments are not UTF-16 text";

struct splitter {
    struct arguments *arguments;
    bool within; /* a word */
    bool quoted;
    bool escaped;
};

static void note_problem(struct arguments *arguments, const char *problem)
{
    if (arguments->problem == NULL)
        arguments->problem = problem;
}

static void add_text_byte(struct arguments *arguments, char byte)
{
    if (arguments->used < sizeof arguments->text)
        arguments->text[arguments->used++] = byte;
    else
        note_problem(arguments, "the arguments are too long");
}

static void add_code(struct arguments *arguments, uint32_t code)
{
    char bytes[4];
    size_t length = utf8_encode(code, bytes);
    if (code == UTF_MALFORMED)
        note_problem(arguments, not_text);
    for (size_t i = 0; i < length; i++)
        add_text_byte(arguments, bytes[i]);
}

static void begin_word(struct arguments *arguments)
{
    if (arguments->words <= ARGUMENTS_MAX)
        arguments->word[arguments->words++] = arguments->text + arguments->used;
    else
        note_problem(arguments, "there are too many arguments");
}

static void end_word(struct arguments *arguments)
{
    add_text_byte(arguments, '\0');
}

static void split_blank(struct splitter *splitter)
{
    if (splitter->within)
        end_word(splitter->arguments);
    splitter->within = false;
}

static bool is_shell_blank(uint32_t code)
{
    return code == ' ' || code == '\t' || code == '\r' || code == '\n';
}

static void split_code(struct splitter *splitter, uint32_t code)
{
    bool escaped = splitter->escaped;
    splitter->escaped = false;
    if (!escaped && !splitter->quoted && is_shell_blank(code)) {
        split_blank(splitter);
        return;
    }
    if (!splitter->within)
        begin_word(splitter->arguments);
    splitter->within = true;
    if (!escaped && code == '"')
        splitter->quoted = !splitter->quoted;
    else if (!escaped && code == '^')
        splitter->escaped = true;
    else
        add_code(splitter->arguments, code);
}

/* A boot entry may keep its options at an odd address. */
static CHAR16 unit_at(const void *options, size_t index)
{
    const uint8_t *bytes = (const uint8_t *)options + 2 * index;
    return (CHAR16)(bytes[0] | bytes[1] << 8);
}

static void split_options(struct splitter *splitter, const void *options, size_t count)
{
    struct utf16 utf16 = {0};
    uint32_t codes[2];
    size_t first = count > 0 && unit_at(options, 0) == 0xfeff ? 1 : 0;
    for (size_t i = first; i < count && unit_at(options, i) != 0; i++) {
        size_t got = utf16_decode(&utf16, unit_at(options, i), codes);
        for (size_t k = 0; k < got; k++)
            split_code(splitter, codes[k]);
    }
    if (utf16.high != 0)
        note_problem(splitter->arguments, not_text);
}

static void finish_split(struct splitter *splitter)
{
    if (splitter->quoted)
        note_problem(splitter->arguments, "a quote in the arguments is not closed");
    if (splitter->escaped)
        note_problem(splitter->arguments, "the arguments end with a '^'");
    split_blank(splitter);
}

/* argv[0] is "" unless finish_arguments() finds the program's name after it. */
static void start_arguments(struct arguments *arguments)
{
    memset(arguments, 0, sizeof *arguments);
    arguments->word[arguments->words++] = "";
}

static bool finish_arguments(struct arguments *arguments, bool named)
{
    size_t first = named ? 1 : 0;
    arguments->argv = arguments->word + first;
    arguments->count = (int)(arguments->words - first);
    return arguments->problem == NULL;
}

bool arguments_from_options(struct arguments *arguments, const void *options, size_t size)
{
    struct splitter splitter = {.arguments = arguments};
    start_arguments(arguments);
    if (size % 2 != 0)
        note_problem(arguments, not_text);
    split_options(&splitter, options, size / 2);
    finish_split(&splitter);
    return finish_arguments(arguments, arguments->words > 1 && arguments->word[1][0] != '-');
}

static void add_word(struct arguments *arguments, const CHAR16 *units)
{
    struct utf16 utf16 = {0};
    uint32_t codes[2];
    begin_word(arguments);
    for (; *units != 0; units++) {
        size_t got = utf16_decode(&utf16, *units, codes);
        for (size_t i = 0; i < got; i++)
            add_code(arguments, codes[i]);
    }
    if (utf16.high != 0)
        note_problem(arguments, not_text);
    end_word(arguments);
}

bool arguments_from_argv(struct arguments *arguments, size_t count, CHAR16 *const argv[])
{
    start_arguments(arguments);
    for (size_t i = 0; i < count && arguments->problem == NULL; i++)
        add_word(arguments, argv[i]);
    return finish_arguments(arguments, arguments->words > 1);
}
