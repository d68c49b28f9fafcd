/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Options that were read, and are written again in full, are read as the same. Those that
 * were refused end in one error line.
 */
#include "options.h"

#include "cli/parse.h"
#include "fuzz.h"
#include "memory_port/memory.h"

#define ARGUMENTS_MAX 64

struct words {
    char *text;
    const char *word[ARGUMENTS_MAX + 1];
    size_t count;
};

static struct words split(const uint8_t *data, size_t size)
{
    struct words words = {.text = copy_text(data, size)};
    for (size_t at = 0; at < size && words.count < ARGUMENTS_MAX;) {
        words.word[words.count++] = words.text + at;
        at += strlen(words.text + at) + 1;
    }
    return words;
}

static char *join(const char *name, const char *value)
{
    char *word = malloc(strlen(name) + strlen(value) + 2);
    REQUIRE(word != NULL);
    (void)sprintf(word, *value == '\0' ? "%s" : "%s=%s", name, value);
    return word;
}

/* An empty value after a '=' would look like a flag's. */
static size_t write(char *words[], const struct cli_arguments *arguments)
{
    size_t count = 0;
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        bool is_flag = validate_command.options[i].value == NULL;
        for (size_t n = 0; n < cli_count(arguments, i); n++) {
            const char *value = cli_value(arguments, i, n);
            words[count++] = join(cli_name(arguments, i), is_flag ? "" : value);
            if (!is_flag && value[0] == '\0')
                words[count++] = copy_text("", 0);
        }
    }
    return count;
}

static bool is_same(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static void check_again(const struct cli_arguments *arguments, const struct cli_console *console)
{
    char *words[2 * (OPTION_COUNT + CLI_REPEATED_MAX) + 1];
    struct cli_arguments again;
    struct cli_console other = {.quiet = false};
    size_t count = write(words, arguments);
    words[count] = NULL;
    REQUIRE(cli_parse(&again, &other, &validate_command, (const char *const *)words) == CLI_GO_ON);
    for (size_t i = 0; i < OPTION_COUNT; i++)
        REQUIRE(is_same(again.value[i], arguments->value[i]));
    for (size_t i = 0; i < arguments->repeated_count; i++)
        REQUIRE(is_same(again.repeated[i], arguments->repeated[i]));
    REQUIRE(again.repeated_count == arguments->repeated_count);
    REQUIRE(other.quiet == console->quiet && other.debug == console->debug);
    for (size_t i = 0; i < count; i++)
        free(words[i]);
}

/* Help and version end the reading, so that more of them may not be read again. */
static bool is_whole(const struct cli_arguments *arguments)
{
    return !cli_has(arguments, OPTION_HELP) && !cli_has(arguments, OPTION_VERSION);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct words words = split(data, size);
    struct cli_arguments arguments;
    struct cli_console console = {.quiet = false};
    memory_start((struct memory_setting){.files = NULL});
    enum cli_code code = cli_parse(&arguments, &console, &validate_command, words.word);
    memory_check_end();
    if (code == CLI_GO_ON && is_whole(&arguments))
        check_again(&arguments, &console);
    REQUIRE(code == CLI_GO_ON || code == CLI_USAGE);
    REQUIRE(memory_count_lines(PORT_OUT, "") == 0);
    REQUIRE(memory_count_lines(PORT_ERR, "ERROR: ") ==
            (code == CLI_GO_ON || console.quiet ? 0 : 1));
    free(words.text);
    return 0;
}
