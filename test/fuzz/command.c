/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The whole command on any arguments and files. It ends as it says that it does:
 * with one error line or none, nothing left open, no secret in the clear, and never
 * in success when something failed.
 *
 * An input is: the failing call, the stride of reads, two bytes of buffer size;
 * arguments, each with a NUL behind it, up to an empty one; files, each with two
 * bytes of size before it, which are called -, a, b, c and so on.
 */
#include "validate.h"

#include "fuzz.h"
#include "port/memory.h"

#define ARGUMENTS_MOST 64
#define FILES_MOST 8

static const char *const names[FILES_MOST] = {"-", "a", "b", "c", "d", "e", "f", "g"};

struct arguments {
    const char *word[ARGUMENTS_MOST + 1];
    size_t count;
};

/* Words point into the input, which has a NUL behind it. */
static struct arguments take_arguments(struct input *input)
{
    struct arguments arguments = {.count = 0};
    while (input->left > 0 && arguments.count < ARGUMENTS_MOST) {
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

static size_t take_files(struct input *input, struct memory_file files[FILES_MOST])
{
    size_t count = 0;
    while (input->left > 0 && count < FILES_MOST) {
        size_t size = take16(input);
        size = size < input->left ? size : input->left;
        files[count] = (struct memory_file){names[count], input->next, size};
        input->next += size;
        input->left -= size;
        count++;
    }
    return count;
}

static bool is_given(const struct arguments *arguments, const char *flag)
{
    for (size_t i = 0; i < arguments->count; i++)
        if (strcmp(arguments->word[i], flag) == 0)
            return true;
    return false;
}

static void check_lines(enum exit_code code)
{
    size_t errors = memory_count_lines(PORT_ERR, "ERROR: ");
    size_t answers = memory_count_lines(PORT_OUT, "OK: Looks good to me");
    size_t lines = memory_count_lines(PORT_OUT, "") + memory_count_lines(PORT_ERR, "");
    REQUIRE(errors <= 1);
    REQUIRE(code != CODE_MATCH || errors == 0);
    REQUIRE(code == CODE_MATCH || errors == 1 || lines == 0);
    REQUIRE(code != CODE_MISMATCH || answers == 0);
    REQUIRE(code != CODE_MATCH || memory_count_lines(PORT_ERR, "HINT: ") == 0);
}

static void check_end(const struct arguments *arguments, enum exit_code code)
{
    memory_check_end();
    check_lines(code);
    REQUIRE(code == CODE_MATCH || code == CODE_MISMATCH || code == CODE_USAGE ||
            code == CODE_FAILED);
    REQUIRE(code > CODE_MISMATCH || !memory_has_failed() || is_given(arguments, "--json"));
    REQUIRE(code != CODE_MATCH || !memory_has_failed());
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct memory_file files[FILES_MOST];
    char *text = copy_text(data, size);
    struct input input = {(const uint8_t *)text, size};
    struct memory_setting setting = {.files = files};
    setting.failing_call = take8(&input);
    setting.stride = take8(&input);
    struct buffer buffer = {.size = (size_t)take16(&input) + 1};
    struct arguments arguments = take_arguments(&input);
    setting.count = take_files(&input, files);
    buffer.memory = malloc(buffer.size);
    REQUIRE(buffer.memory != NULL);
    memory_start(setting);
    check_end(&arguments, validate(arguments.word, buffer));
    free(buffer.memory);
    free(text);
    return 0;
}
