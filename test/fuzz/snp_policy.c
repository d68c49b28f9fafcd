/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * `sevlaunch snp-verify` on a genuine report, with any policy file: each of its members is an
 * option of what is trusted or expected, given once, or it is refused; and the answer is the one
 * that the same options give on the command line. So no file makes a report pass that they refuse.
 *
 * An input is: a byte whose lowest bits say whether root and launch digest are given beside the
 * file, and the file.
 */
#include "fuzz.h"

#include "base/json_reader.h"
#include "memory_port/memory.h"
#include "snp_policy_evidence.h"
#include "snp_verify_trust.h"
#include "subcommands.h"
#include "verify_options.h"

#define WORDS_MAX 64

/* The words of a command line. */
struct line {
    const char *words[WORDS_MAX + 1];
    char *owned[WORDS_MAX]; /* those that are freed */
    size_t count;
    size_t owned_count;
};

static uint8_t buffer_memory[32768];
static uint64_t given; /* options of the file, as bits */

static void add_word(struct line *line, const char *word)
{
    REQUIRE(line->count < WORDS_MAX);
    line->words[line->count++] = word;
}

static void begin_line(struct line *line, uint8_t beside)
{
    static const char *const words[] = {"snp-verify", "--report", "report",    "--certs",
                                        "certs",      "--time",   trusted_time};
    memset(line, 0, sizeof *line);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        add_word(line, words[i]);
    if ((beside & 1) != 0) {
        add_word(line, "--ark-fingerprint");
        add_word(line, trusted_root);
    }
    if ((beside & 2) != 0) {
        add_word(line, "-m");
        add_word(line, trusted_measurement);
    }
}

static enum cli_code run_line(const struct line *line, const char *policy, size_t size)
{
    const struct memory_file files[] = {{"report", (const uint8_t *)genuine_report,
                                         sizeof genuine_report - 1},
                                        {"certs", (const uint8_t *)genuine_certificates,
                                         sizeof genuine_certificates - 1},
                                        {"policy", (const uint8_t *)policy, size}};
    memory_start((struct memory_setting){.files = files, .count = 3});
    enum cli_code code =
        sevlaunch(line->words, (struct cli_buffer){buffer_memory, sizeof buffer_memory});
    memory_check_end();
    REQUIRE(code == CLI_SUCCESS || code == CLI_MISMATCH || code == CLI_USAGE);
    REQUIRE(memory_count_lines(PORT_OUT, "OK: ") == (code == CLI_SUCCESS ? 1 : 0));
    REQUIRE((memory_count_lines(PORT_ERR, "ERROR: ") > 0) == (code != CLI_SUCCESS));
    return code;
}

/* The option of that name, of which no file may come, and nothing but what is expected. */
static const struct cli_option *option_of(struct sevl_text name)
{
    static const char *const others[] = {"--help", "--debug", "--quiet", "--time"};
    for (size_t i = 0; i < verify_command.count; i++) {
        const struct cli_option *option = &verify_command.options[i];
        if (strlen(option->name) != name.length + 2 ||
            memcmp(option->name + 2, name.start, name.length) != 0)
            continue;
        for (size_t k = 0; k < sizeof others / sizeof *others; k++)
            REQUIRE(strcmp(option->name, others[k]) != 0);
        REQUIRE((option->traits & (CLI_INPUT | CLI_OUTPUT | CLI_PRINTS)) == 0);
        REQUIRE((given >> i & 1) == 0);
        given |= UINT64_C(1) << i;
        return option;
    }
    REQUIRE(false); /* a member that is unknown was taken */
    return NULL;
}

/* Adds --name=value, or to the value of the last word. */
static void add_value(struct line *line, const struct cli_option *option, struct sevl_text value,
                      bool is_more)
{
    size_t before = is_more ? strlen(line->words[line->count - 1]) : strlen(option->name);
    char *word = malloc(before + 1 + value.length + 1);
    REQUIRE(word != NULL && line->owned_count < WORDS_MAX);
    memcpy(word, is_more ? line->words[line->count - 1] : option->name, before);
    word[before] = is_more ? ',' : '=';
    memcpy(word + before + 1, value.start, value.length);
    word[before + 1 + value.length] = '\0';
    line->owned[line->owned_count++] = word;
    if (is_more)
        line->words[line->count - 1] = word;
    else
        add_word(line, word);
}

static void add_flag(struct line *line, const struct cli_option *option, struct sevl_text value)
{
    REQUIRE(value.length == 4 && memcmp(value.start, "true", 4) == 0 && value.start[-1] != '"');
    add_word(line, option->name);
}

static void add_list(struct line *line, const struct cli_option *option, struct sevl_json *json)
{
    bool is_list = strcmp(option->value, "LIST") == 0;
    size_t count = 0;
    struct sevl_text text;
    enum sevl_json_token token;
    for (;; count++) {
        token = sevl_json_next(json, &text);
        if (token != SEVL_JSON_SCALAR)
            break;
        add_value(line, option, text, is_list && count > 0);
    }
    REQUIRE(token == SEVL_JSON_CLOSE && count > 0);
}

/* Of a file that was taken: its members are options, and nothing else is in it. */
static void add_members(struct line *line, const char *policy, size_t size)
{
    struct sevl_text text;
    struct sevl_json json = sevl_json_begin((struct sevl_text){policy, size});
    REQUIRE(sevl_json_next(&json, &text) == SEVL_JSON_OPEN && text.start[0] == '{');
    while (sevl_json_next(&json, &text) == SEVL_JSON_NAME) {
        const struct cli_option *option = option_of(text);
        enum sevl_json_token token = sevl_json_next(&json, &text);
        if (option->value == NULL)
            add_flag(line, option, text);
        else if (token == SEVL_JSON_OPEN)
            add_list(line, option, &json);
        else
            add_value(line, option, text, false);
    }
    REQUIRE(json.depth == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input input = {data, size};
    struct line line;
    uint8_t beside = take8(&input);
    char *policy = copy_text(input.next, input.left);
    begin_line(&line, beside);
    add_word(&line, "--policy-file");
    add_word(&line, "policy");
    enum cli_code code = run_line(&line, policy, input.left);
    if (code != CLI_USAGE) {
        begin_line(&line, beside);
        given = 0;
        add_members(&line, policy, input.left);
        REQUIRE(run_line(&line, policy, input.left) == code);
        for (size_t i = 0; i < line.owned_count; i++)
            free(line.owned[i]);
    }
    free(policy);
    return 0;
}
