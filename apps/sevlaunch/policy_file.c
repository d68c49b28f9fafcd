/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "policy_file.h"

#include <string.h>

#include "cli/text.h"
#include "json_scan.h"

#define NO_OPTION VERIFY_OPTION_COUNT
#define LIST_TEXT_MAX 512
#define NAME_MAX_SHOWN 64

struct policy_file {
    struct json_scan scan;
    struct cli_arguments *arguments;
    struct store *store;
    size_t option; /* whose value is read */
    bool is_in_list;
    size_t list_length;
    char list[LIST_TEXT_MAX]; /* its items, with commas in between */
    const char *problem;      /* NULL: none, or it is no JSON */
    char name[NAME_MAX_SHOWN];
};

static bool note_problem(struct policy_file *file, const char *problem)
{
    file->problem = problem;
    return false;
}

/* What is trusted and expected: nothing that names a file. */
static bool is_of_policy(size_t option)
{
    if (option == VERIFY_OPTION_ARK_FINGERPRINT || option == VERIFY_OPTION_ALLOW_UNPINNED ||
        option == VERIFY_OPTION_MAX_AGE)
        return true;
    return option > VERIFY_OPTION_POLICY_FILE &&
           (verify_command.options[option].traits & CLI_INPUT) == 0;
}

static bool take_name(struct policy_file *file, const char *text)
{
    const struct cli_option *options = file->arguments->command->options;
    size_t length = text == NULL ? 0 : text_length(text);
    for (size_t i = 0; i < sizeof file->name - 1 && i < length; i++)
        file->name[i] = text[i];
    file->name[length < sizeof file->name - 1 ? length : sizeof file->name - 1] = '\0';
    file->option = NO_OPTION;
    for (size_t i = 0; text != NULL && i < NO_OPTION; i++)
        if (is_of_policy(i) && text_equal(text, options[i].name + 2))
            file->option = i;
    if (file->option == NO_OPTION)
        return note_problem(file, "is no option of trust or of what is expected");
    if (cli_has(file->arguments, file->option))
        return note_problem(file, "is given twice");
    return true;
}

/* Gives the option a value, which is copied. */
static bool set_value(struct policy_file *file, const char *text)
{
    struct cli_arguments *arguments = file->arguments;
    const uint8_t *kept = store_keep(file->store, text, text_length(text) + 1);
    if (kept == NULL)
        return note_problem(file, "is too long");
    arguments->value[file->option] = (const char *)kept;
    if (!cli_has_trait(arguments, file->option, CLI_REPEATS))
        return true;
    if (arguments->repeated_count == CLI_REPEATED_MAX)
        return note_problem(file, "is given too often");
    arguments->repeated[arguments->repeated_count] = (const char *)kept;
    arguments->repeated_option[arguments->repeated_count] = (uint8_t)file->option;
    arguments->repeated_count++;
    return true;
}

static bool is_list(const struct policy_file *file)
{
    const char *value = file->arguments->command->options[file->option].value;
    return value != NULL && text_equal(value, "LIST");
}

static bool is_flag(const struct policy_file *file)
{
    return file->arguments->command->options[file->option].value == NULL;
}

static bool add_to_list(struct policy_file *file, const char *text)
{
    size_t length = text_length(text);
    if (length + 2 > sizeof file->list - file->list_length)
        return note_problem(file, "is too long");
    if (file->list_length > 0)
        file->list[file->list_length++] = ',';
    memcpy(file->list + file->list_length, text, length + 1);
    file->list_length += length;
    return true;
}

static bool take_text(struct policy_file *file, const char *text)
{
    if (text == NULL || text_contains(text, '\\'))
        return note_problem(file, "is too long, or has escapes");
    if (is_flag(file))
        return note_problem(file, "must be true");
    if (file->is_in_list && is_list(file))
        return add_to_list(file, text);
    return set_value(file, text);
}

static bool take_word(struct policy_file *file, const char *text)
{
    if (is_flag(file) && text_equal(text, "true")) {
        file->arguments->value[file->option] = "";
        return true;
    }
    if (is_flag(file))
        return note_problem(file, "must be true");
    if (text[0] < '0' || text[0] > '9')
        return note_problem(file, "must be a string, a number or a list of strings");
    return set_value(file, text);
}

static bool open_list(struct policy_file *file)
{
    file->is_in_list = true;
    file->list_length = 0;
    if (is_list(file) || cli_has_trait(file->arguments, file->option, CLI_REPEATS))
        return true;
    return note_problem(file, "is no list");
}

/* An empty list would expect nothing, and look as if it did. */
static bool close_list(struct policy_file *file)
{
    file->is_in_list = false;
    if (is_list(file) && file->list_length > 0)
        return set_value(file, file->list);
    if (!is_list(file) && cli_has(file->arguments, file->option))
        return true;
    return note_problem(file, "is an empty list");
}

static bool take_in_object(struct policy_file *file, enum json_token token, const char *text)
{
    switch (token) {
    case JSON_NAME:
        return take_name(file, text);
    case JSON_STRING:
        return take_text(file, text);
    case JSON_WORD:
        return take_word(file, text);
    case JSON_OPEN_ARRAY:
        return open_list(file);
    case JSON_CLOSE:
        return close_list(file);
    default:
        return note_problem(file, "must be a string, a number or a list of strings");
    }
}

static bool take_token(void *context, enum json_token token, uint32_t depth, const char *text)
{
    struct policy_file *file = context;
    if (depth == 0)
        return token == JSON_OPEN_OBJECT || token == JSON_CLOSE;
    if (depth == 1)
        return take_in_object(file, token, text);
    if (token == JSON_STRING)
        return take_text(file, text);
    return note_problem(file, "is no list of strings");
}

static enum cli_code fail_policy(const struct policy_file *file, const struct cli_console *console,
                                 const char *path)
{
    if (file->problem != NULL)
        return cli_error(console, CLI_USAGE, "--policy-file: '", file->name, "' in '", path, "' ",
                         file->problem);
    return cli_error(console, CLI_USAGE, "--policy-file: expected a JSON object, but '", path,
                     "' holds something else");
}

enum cli_code policy_file_read(struct cli_arguments *arguments, struct store *store,
                               const struct cli_console *console)
{
    const char *path = arguments->value[VERIFY_OPTION_POLICY_FILE];
    struct policy_file file;
    size_t size;
    if (path == NULL)
        return CLI_GO_ON;
    memset(&file, 0, sizeof file);
    file.arguments = arguments;
    file.store = store;
    enum cli_code code = store_read(store, console, "--policy-file", path, &size);
    if (code != CLI_GO_ON)
        return code;
    json_scan_begin(&file.scan, take_token, &file);
    if (json_scan_update(&file.scan, store->buffer.memory, size) && json_scan_end(&file.scan))
        return CLI_GO_ON;
    return fail_policy(&file, console, path);
}
