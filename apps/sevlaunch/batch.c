/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "batch.h"

#include <string.h>

#include "batch_answer.h"
#include "cli/text.h"
#include "cli/values.h"
#include "manifest.h"
#include "verify_report.h"

#define CACHE_MAX 4096
#define CACHE_USUAL 1024
#define VALUES_MAX 4096

struct counts {
    uint64_t lines;
    uint64_t passed;
    uint64_t failed;
    uint64_t bad; /* there is no verdict */
};

struct batch {
    struct verify_inputs *inputs;
    struct key_memo memo;
    struct batch_line line;
    struct verify_report report;
    uint32_t expected;  /* of every report */
    bool is_in_line;    /* some of a line was read */
    enum cli_code code; /* CLI_GO_ON, or why nothing more is read */
    struct counts counts;
    struct batch_room room;
    uint8_t kept[BATCH_LINE_MAX];
    uint8_t measurements[VALUES_MAX][SEVL_SNP_LAUNCH_DIGEST_SIZE];
    struct memo_key keys[CACHE_MAX];
};

/* Too large for a stack. */
static struct batch memory;

static enum cli_code read_inputs(struct verify_inputs *inputs)
{
    enum cli_code code = verify_inputs_read_request(inputs);
    if (code == CLI_GO_ON)
        code = verify_inputs_read_collateral(inputs);
    if (code != CLI_GO_ON)
        return code;
    return manifest_keep(&inputs->request, &inputs->store, &inputs->console, memory.measurements,
                         VALUES_MAX);
}

static enum cli_code begin_batch(struct batch *batch, struct verify_inputs *inputs)
{
    uint32_t cache = CACHE_USUAL;
    enum cli_code code = read_inputs(inputs);
    if (code == CLI_GO_ON)
        code = cli_read_number(&inputs->arguments, &inputs->console, VERIFY_OPTION_CACHE, 0,
                               CACHE_MAX, &cache);
    if (code != CLI_GO_ON)
        return code;
    batch->inputs = inputs;
    batch->expected = inputs->request.expectations.expected;
    batch->counts = (struct counts){0};
    batch->is_in_line = false;
    batch->code = CLI_GO_ON;
    key_memo_begin(&batch->memo, batch->keys, cache);
    batch->room.collateral = &inputs->collateral;
    batch->room.shared = inputs->collateral.count;
    batch->room.store = (struct store){.kept = batch->kept, .capacity = sizeof batch->kept};
    batch->room.allows_keys = cli_has(&inputs->arguments, VERIFY_OPTION_KNOWN_KEYS);
    return CLI_GO_ON;
}

/* What is expected of this report: its data, at the time at which it is verified. */
static void expect_line(struct batch *batch)
{
    struct verify_request *request = &batch->inputs->request;
    struct sevl_snp_expectations *expectations = &request->expectations;
    const struct batch_line *line = &batch->line;
    expectations->expected = batch->expected;
    if (line->seen[MEMBER_REPORT_DATA] || line->seen[MEMBER_NONCE])
        expectations->expected |= SEVL_SNP_CHECK_BIT(SEVL_SNP_CHECK_REPORT_DATA);
    memcpy(expectations->report_data, line->report_data, sizeof line->report_data);
    verify_request_update_time(request);
}

static bool answer_bad(struct batch *batch, const char *const reason[])
{
    batch->counts.bad++;
    return batch_answer_print_error(&batch->line, batch->counts.lines, reason);
}

static bool answer_problem(struct batch *batch)
{
    const struct batch_line *line = &batch->line;
    const char *quote = line->subject[0] == '\0' ? "" : "'";
    const char *const reason[] = {quote, line->subject, quote[0] == '\0' ? "" : "' ", line->problem,
                                  NULL};
    return answer_bad(batch, reason);
}

static bool answer_missing(struct batch *batch)
{
    const char *reason[2 + VERIFY_MISSING_PARTS] = {"expected "};
    size_t used = 1;
    verify_missing(&batch->report.search, reason + used);
    bool is_leaf = batch->report.search.fault == KEY_NO_LEAF;
    while (reason[used] != NULL)
        used++;
    reason[used] = is_leaf ? ", but neither 'certs' nor --certs holds it"
                           : ", but no file of --certs holds it";
    reason[used + 1] = NULL;
    return answer_bad(batch, reason);
}

static bool answer_verdict(struct batch *batch)
{
    const struct verify_evidence evidence =
        verify_report_evidence(&batch->report, &batch->inputs->request);
    bool is_good = verify_report_is_good(&batch->report, &batch->inputs->request);
    if (is_good)
        batch->counts.passed++;
    else
        batch->counts.failed++;
    return batch_answer_print(&batch->line, &evidence, is_good, batch->room.allows_keys);
}

static enum sevl_result verify_line(struct batch *batch)
{
    struct verify_inputs *inputs = batch->inputs;
    const struct batch_line *line = &batch->line;
    const struct key_sources sources = {&inputs->collateral, &inputs->request, &batch->memo,
                                        line->seen[MEMBER_KEY] ? &line->key : NULL};
    expect_line(batch);
    batch->report.file = line->file;
    return verify_report_run(&batch->report, &sources, &inputs->console);
}

static bool answer_line(struct batch *batch, bool is_line, enum sevl_result result)
{
    if (!is_line)
        return answer_problem(batch);
    return result == SEVL_ERROR_ABSENT ? answer_missing(batch) : answer_verdict(batch);
}

/* Returns CLI_GO_ON, or CLI_FAILED after an error line. */
static enum cli_code finish_line(struct batch *batch)
{
    const struct cli_console *console = &batch->inputs->console;
    bool is_line = batch_line_end(&batch->line);
    enum sevl_result result = is_line ? verify_line(batch) : SEVL_OK;
    batch->is_in_line = false;
    batch->counts.lines++;
    if (result == SEVL_ERROR_CRYPTO)
        return cli_error(console, CLI_FAILED, "the hash of a report or of a certificate failed");
    return cli_check_printed(console, answer_line(batch, is_line, result));
}

static void add_part(struct batch *batch, const char *bytes, size_t size)
{
    if (!batch->is_in_line)
        batch_line_begin(&batch->line, &batch->room);
    batch->is_in_line = true;
    batch_line_take(&batch->line, bytes, size);
}

/* Each line that ends in these bytes; then the start of the next one. */
static enum cli_code take_lines(struct batch *batch, const char *bytes, size_t size)
{
    enum cli_code code = CLI_GO_ON;
    size_t start = 0;
    for (size_t i = 0; i < size && code == CLI_GO_ON; i++) {
        if (bytes[i] != '\n')
            continue;
        add_part(batch, bytes + start, i - start);
        code = finish_line(batch);
        start = i + 1;
    }
    if (code == CLI_GO_ON && start < size)
        add_part(batch, bytes + start, size - start);
    return code;
}

/* The last line may have no end of its own. */
static enum sevl_result take_input(void *context, const void *data, size_t size)
{
    struct batch *batch = context;
    if (size > 0)
        batch->code = take_lines(batch, data, size);
    else if (batch->is_in_line)
        batch->code = finish_line(batch);
    return batch->code == CLI_GO_ON ? SEVL_OK : SEVL_ERROR_ENCODING;
}

static void tell_counts(const struct batch *batch)
{
    const struct counts *counts = &batch->counts;
    if (batch->inputs->console.quiet)
        return;
    (void)!cli_line(PORT_ERR, "lines: ", text_decimal(counts->lines).text,
                    ", passed: ", text_decimal(counts->passed).text,
                    ", failed: ", text_decimal(counts->failed).text,
                    ", bad: ", text_decimal(counts->bad).text,
                    ", keys from the cache: ", text_decimal(batch->memo.found).text);
}

static enum cli_code end_batch(const struct batch *batch, const char *path)
{
    const struct counts *counts = &batch->counts;
    if (counts->lines == 0)
        return cli_fail_empty(&batch->inputs->console, "--batch", path);
    tell_counts(batch);
    return counts->passed == counts->lines ? CLI_SUCCESS : CLI_MISMATCH;
}

enum cli_code batch_run(struct verify_inputs *inputs)
{
    struct batch *batch = &memory;
    const char *path = inputs->arguments.value[VERIFY_OPTION_BATCH];
    enum cli_code code = begin_batch(batch, inputs);
    if (code != CLI_GO_ON)
        return code;
    code = cli_stream(take_input, batch, &inputs->console, path, inputs->store.buffer);
    if (batch->code != CLI_GO_ON)
        return batch->code;
    return code == CLI_GO_ON ? end_batch(batch, path) : code;
}
