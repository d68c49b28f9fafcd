/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The whole command on any arguments and files. It ends as documented: with one error line
 * or none, nothing left open, no secret in the clear, and never in success if something
 * failed.
 *
 * An input is: the failing call, the stride of reads, two bytes of buffer size;
 * arguments, each with a NUL after it, up to an empty one; files, each with two
 * bytes of size before it, which are called -, a, b, c and so on. A size with its highest
 * bit set is of one byte over and over, such as a page of 4096.
 */
#include "validate.h"

#include "cli/parse.h"
#include "fuzz.h"
#include "memory_port/memory.h"
#include "options.h"

#define ARGUMENTS_MAX 64
#define FILES_MAX 8

static const char *const names[FILES_MAX] = {"-", "a", "b", "c", "d", "e", "f", "g"};

struct arguments {
    const char *word[ARGUMENTS_MAX + 1];
    size_t count;
};

/* Words point into the input, which has a NUL after it. */
static struct arguments take_arguments(struct input *input)
{
    struct arguments arguments = {.count = 0};
    while (input->left > 0 && arguments.count < ARGUMENTS_MAX) {
        const char *word = (const char *)input->next;
        size_t length = strlen(word);
        size_t taken = length < input->left ? length + 1 : length;
        input->next += taken;
        input->left -= taken;
        if (length == 0)
            break;
        arguments.word[arguments.count++] = word;
    }
    return arguments;
}

static struct memory_file take_file(struct input *input, const char *name)
{
    uint16_t kind = take16(input);
    size_t size = kind & 0x7fff;
    bool is_constant = (kind & 0x8000) != 0;
    uint8_t *bytes = malloc(size + 1);
    REQUIRE(bytes != NULL);
    if (is_constant)
        memset(bytes, take8(input), size);
    else
        size = take(input, bytes, size);
    return (struct memory_file){name, bytes, size};
}

static size_t take_files(struct input *input, struct memory_file files[FILES_MAX])
{
    size_t count = 0;
    while (input->left > 0 && count < FILES_MAX) {
        files[count] = take_file(input, names[count]);
        count++;
    }
    return count;
}

static void free_files(struct memory_file files[FILES_MAX], size_t count)
{
    for (size_t i = 0; i < count; i++)
        free((void *)(uintptr_t)files[i].bytes);
}

/* Do the options ask for a quiet run, for JSON? The target "options" checks the reading. */
struct manner {
    bool quiet;
    bool json;
};

static struct manner manner_of(const struct arguments *arguments)
{
    struct cli_arguments read;
    struct cli_console console = {.quiet = false};
    memory_start((struct memory_setting){.files = NULL});
    (void)!cli_parse(&read, &console, &validate_command, arguments->word);
    return (struct manner){console.quiet, cli_has(&read, OPTION_JSON)};
}

/* One error is one line, but a refusal and the loss of its JSON are two. */
static void check_complaints(struct manner manner, enum cli_code code)
{
    size_t errors = memory_count_lines(PORT_ERR, "ERROR: ");
    size_t debug = memory_count_lines(PORT_ERR, "[DEBUG]: ");
    bool may_lose_json = manner.json && code == CLI_FAILED && memory_has_failed();
    REQUIRE(!manner.quiet || memory_count_lines(PORT_ERR, "") == debug);
    REQUIRE(manner.quiet || (code == CLI_SUCCESS ? errors == 0 : errors >= 1));
    REQUIRE(errors <= (may_lose_json ? 2 : 1));
    REQUIRE(code == CLI_MISMATCH || may_lose_json || memory_count_lines(PORT_ERR, "HINT: ") == 0);
}

static void check_answers(struct manner manner, enum cli_code code)
{
    size_t answers = memory_count_lines(PORT_OUT, "OK: Looks good to me");
    size_t matches = memory_count_lines(PORT_OUT, "  \"verdict\": \"match\"");
    REQUIRE(!manner.quiet || memory_count_lines(PORT_OUT, "OK: ") == 0);
    REQUIRE(code != CLI_MISMATCH || (answers == 0 && memory_next() == NULL));
    REQUIRE(memory_next() == NULL || manner.quiet || manner.json || answers == 1);
    REQUIRE(matches == 0 || (manner.json && (code == CLI_SUCCESS || memory_has_failed())));
}

static void check_end(struct manner manner, enum cli_code code)
{
    memory_check_end();
    check_complaints(manner, code);
    check_answers(manner, code);
    REQUIRE(code == CLI_SUCCESS || code == CLI_MISMATCH || code == CLI_USAGE || code == CLI_FAILED);
    REQUIRE(code > CLI_MISMATCH || !memory_has_failed());
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct memory_file files[FILES_MAX];
    char *text = copy_text(data, size);
    struct input input = {(const uint8_t *)text, size};
    struct memory_setting setting = {.files = files};
    setting.failing_call = take8(&input);
    setting.stride = take8(&input);
    struct cli_buffer buffer = {.size = (size_t)take16(&input) + 1};
    struct arguments arguments = take_arguments(&input);
    setting.count = take_files(&input, files);
    buffer.memory = malloc(buffer.size);
    REQUIRE(buffer.memory != NULL);
    struct manner manner = manner_of(&arguments);
    memory_start(setting);
    check_end(manner, validate(arguments.word, buffer));
    free_files(files, setting.count);
    free(buffer.memory);
    free(text);
    return 0;
}
