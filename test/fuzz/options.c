/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Options that were read, and are written again in full, are read as the same. Those that
 * were refused end in one error line.
 */
#include "options.h"

#include "fuzz.h"
#include "memory_port/memory.h"

#define ARGUMENTS_MAX 64

struct arguments {
    char *text;
    const char *word[ARGUMENTS_MAX + 1];
    size_t count;
};

static struct arguments split(const uint8_t *data, size_t size)
{
    struct arguments arguments = {.text = copy_text(data, size)};
    for (size_t at = 0; at < size && arguments.count < ARGUMENTS_MAX;) {
        arguments.word[arguments.count++] = arguments.text + at;
        at += strlen(arguments.text + at) + 1;
    }
    return arguments;
}

static char *join(const char *name, const char *value)
{
    char *word = malloc(strlen(name) + strlen(value) + 2);
    REQUIRE(word != NULL);
    (void)sprintf(word, *value == '\0' ? "%s" : "%s=%s", name, value);
    return word;
}

/* An empty value after a '=' would look like that of a flag. */
static size_t write(char *words[], const struct options *options)
{
    size_t count = 0;
    for (int i = 0; i < OPTION_COUNT; i++) {
        bool is_flag = option_forms[i].value == NULL;
        if (options->value[i] == NULL || i == OPTION_INJECT_SECRET)
            continue;
        words[count++] = join(option_forms[i].name, is_flag ? "" : options->value[i]);
        if (!is_flag && options->value[i][0] == '\0')
            words[count++] = copy_text("", 0);
    }
    for (int i = 0; i < options->secrets; i++) {
        words[count++] = join("--inject-secret", options->secret[i]);
        if (options->secret[i][0] == '\0')
            words[count++] = copy_text("", 0);
    }
    return count;
}

static bool is_same(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static void check_again(const struct options *options, const struct console *console)
{
    char *words[2 * (OPTION_COUNT + OPTIONS_SECRETS_MOST) + 1];
    struct options again;
    struct console other = {.code = CODE_FAILED};
    size_t count = write(words, options);
    words[count] = NULL;
    REQUIRE(options_parse(&again, &other, (const char *const *)words));
    for (int i = 0; i < OPTION_COUNT; i++)
        REQUIRE(is_same(again.value[i], options->value[i]));
    for (int i = 0; i < options->secrets; i++)
        REQUIRE(is_same(again.secret[i], options->secret[i]));
    REQUIRE(again.secrets == options->secrets);
    REQUIRE(other.quiet == console->quiet && other.debug == console->debug);
    for (size_t i = 0; i < count; i++)
        free(words[i]);
}

/* Help and version end the reading: options after them may not be read again. */
static bool is_whole(const struct options *options)
{
    return options->value[OPTION_HELP] == NULL && options->value[OPTION_VERSION] == NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arguments arguments = split(data, size);
    struct options options;
    struct console console = {.code = CODE_FAILED};
    memory_start((struct memory_setting){.files = NULL});
    bool parsed = options_parse(&options, &console, arguments.word);
    memory_check_end();
    if (parsed && is_whole(&options))
        check_again(&options, &console);
    REQUIRE(memory_count_lines(PORT_OUT, "") == 0);
    REQUIRE(memory_count_lines(PORT_ERR, "ERROR: ") == (parsed || console.quiet ? 0 : 1));
    REQUIRE(parsed || console.code == CODE_USAGE);
    free(arguments.text);
    return 0;
}
