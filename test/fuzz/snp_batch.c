/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * `sevlaunch snp-verify --batch` on any lines, under a root that is trusted and for one launch
 * digest: each line has one verdict, in order, whatever came before it; and a line passes only if
 * it holds the very bytes that were signed, whose hash snp_verify_trust.h has.
 *
 * An input is: a byte of options, one of how many bytes are read at once, and the lines.
 */
#include "fuzz.h"
#include "genuine_report.h"
#include "memory_port/memory.h"
#include "snp_batch_trust.h"
#include "snp_verify_trust.h"
#include "subcommands.h"

/* What is printed on more of them has no room. */
#define LINES_MAX 16

static uint8_t buffer_memory[65536];

/* Whether one of its strings is a report with the bytes that were signed. */
static bool is_genuine_line(const uint8_t *line, size_t size)
{
    uint8_t *text = copy(line, size);
    bool found = false;
    size_t start = 0;
    for (size_t i = 0; i < size && !found; i++) {
        if (line[i] != '"' || (i > 0 && line[i - 1] == '\\'))
            continue;
        found = is_genuine_string(text + start, i - start);
        start = i + 1;
    }
    free(text);
    return found;
}

static size_t count_lines(const uint8_t *bytes, size_t size)
{
    size_t count = size > 0 && bytes[size - 1] != '\n' ? 1 : 0;
    for (size_t i = 0; i < size; i++)
        if (bytes[i] == '\n')
            count++;
    return count;
}

/* Takes a line off the text, without its end. */
static size_t take_line(const uint8_t **text, size_t *left, const uint8_t **line)
{
    const uint8_t *end = memchr(*text, '\n', *left);
    size_t size = end == NULL ? *left : (size_t)(end - *text);
    *line = *text;
    *text += end == NULL ? size : size + 1;
    *left -= end == NULL ? size : size + 1;
    return size;
}

static bool contains(const uint8_t *line, size_t size, const char *text)
{
    size_t length = strlen(text);
    for (size_t i = 0; i + length <= size; i++)
        if (memcmp(line + i, text, length) == 0)
            return true;
    return false;
}

/* Each line beside its verdict. Returns how many passed. */
static size_t check_verdicts(const uint8_t *lines, size_t left)
{
    struct memory_text printed = memory_printed(PORT_OUT);
    const uint8_t *answers = (const uint8_t *)printed.text;
    size_t passed = 0;
    while (left > 0) {
        const uint8_t *line;
        const uint8_t *answer;
        size_t size = take_line(&lines, &left, &line);
        size_t answer_size = take_line(&answers, &printed.length, &answer);
        REQUIRE(contains(answer, answer_size, "{\"schema\": 1, \"id\": "));
        if (!contains(answer, answer_size, ", \"verdict\": \"passed\", \"time\""))
            continue;
        REQUIRE(is_genuine_line(line, size));
        passed++;
    }
    REQUIRE(printed.length == 0);
    return passed;
}

static void run_batch(const uint8_t *lines, size_t size, uint8_t options, uint8_t stride)
{
    const struct memory_file files[] = {{"lines", lines, size},
                                        {"ask", trusted_ask, sizeof trusted_ask},
                                        {"ark", trusted_ark, sizeof trusted_ark},
                                        {"crl", trusted_crl, sizeof trusted_crl}};
    static const char *const caches[] = {"0", "1", "2", "4096"};
    const char *const words[] = {"snp-verify",
                                 "--batch",
                                 "lines",
                                 "--certs",
                                 "ask",
                                 "--certs",
                                 "ark",
                                 "--crl",
                                 "crl",
                                 "--ark-fingerprint",
                                 trusted_root,
                                 "-m",
                                 trusted_measurement,
                                 "--time",
                                 trusted_time,
                                 "--cache",
                                 caches[options & 3],
                                 (options & 4) != 0 ? "--known-keys" : "--debug",
                                 NULL};
    size_t count = count_lines(lines, size);
    memory_start((struct memory_setting){.files = files, .count = 4, .stride = stride});
    enum cli_code code = sevlaunch(words, (struct cli_buffer){buffer_memory, sizeof buffer_memory});
    memory_check_end();
    size_t passed = check_verdicts(lines, size);
    if (count == 0)
        REQUIRE(code == CLI_USAGE);
    else
        REQUIRE(code == (passed == count ? CLI_SUCCESS : CLI_MISMATCH));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input input = {data, size};
    uint8_t options = take8(&input);
    uint8_t stride = take8(&input);
    if (count_lines(input.next, input.left) > LINES_MAX)
        return 0;
    uint8_t *lines = copy(input.next, input.left);
    run_batch(lines, input.left, options, stride);
    free(lines);
    return 0;
}
