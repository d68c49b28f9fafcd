/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "check.h"

/* What the command was given. On the heap, since static data is searched for keys. */
static struct scenario *delivered;

static char *copy_printed(enum port_stream stream)
{
    struct memory_text printed = memory_printed(stream);
    return copy_text(printed.text, printed.length);
}

static bool is_printed(enum port_stream stream, const char *text)
{
    struct memory_text printed = memory_printed(stream);
    return printed.length == strlen(text) && memcmp(printed.text, text, printed.length) == 0;
}

static bool is_said(const char *words)
{
    char *text = copy_printed(PORT_OUT);
    bool said = strstr(text, words) != NULL;
    free(text);
    return said;
}

static bool take_part(struct part *part, const char *name)
{
    const struct delivery *delivery = plan_delivery(name);
    if (delivery == NULL)
        return true;
    if (delivery->size > sizeof part->bytes)
        return false;
    memcpy(part->bytes, delivery->bytes, delivery->size);
    part->size = (uint16_t)delivery->size;
    return true;
}

/* What has a fixed size is not used with another size. */
static bool take_bytes(void *bytes, size_t size, const char *name)
{
    const struct delivery *delivery = plan_delivery(name);
    if (delivery != NULL && delivery->size == size)
        memcpy(bytes, delivery->bytes, size);
    return delivery == NULL || delivery->size == size;
}

static bool take_keys(struct launch *launch)
{
    uint8_t keys[32];
    memcpy(keys, launch->tek, 16);
    memcpy(keys + 16, launch->tik, 16);
    bool taken = take_bytes(keys, 32, "--tk") && take_bytes(keys, 16, "--tek") &&
                 take_bytes(keys + 16, 16, "--tik");
    memcpy(launch->tek, keys, 16);
    memcpy(launch->tik, keys + 16, 16);
    return taken;
}

static void take_secrets(void)
{
    for (size_t i = 0; i < delivered->manner.secrets; i++) {
        const struct delivery *delivery = plan_delivery(scenario_guids[i]);
        if (delivery == NULL || delivery->size > sizeof delivered->secret[i])
            continue;
        delivered->secret_size[i] = (uint16_t)delivery->size;
        memcpy(delivered->secret[i], delivery->bytes, delivery->size);
    }
}

/* Makes the launch that the command was given. Returns true if it can be right. */
static bool take_delivered(const struct run *run)
{
    free(delivered);
    delivered = copy(run->scenario, sizeof *delivered);
    struct launch *launch = &delivered->launch;
    take_secrets();
    return take_part(&launch->firmware, "--firmware") && take_part(&launch->kernel, "--kernel") &&
           take_part(&launch->initrd, "--initrd") &&
           take_part(&launch->cmdline, "--cmdline-file") &&
           take_bytes(launch->page0, MODEL_PAGE, "--vmsa-cpu0") &&
           take_bytes(launch->page1, MODEL_PAGE, "--vmsa-cpu1") && take_keys(launch);
}

/* Returns true if the command was given what the host reports. */
static bool is_right(const struct run *run)
{
    if (run->run_case->alone != NULL)
        return true;
    bool taken = take_delivered(run);
    struct truth truth = scenario_tell(delivered, delivered->reported + 32);
    return taken && truth.is_measured &&
           (run->run_case->is_unreported ||
            memcmp(truth.measurement, delivered->reported, sizeof truth.measurement) == 0);
}

/* If a platform says that it has written, the command believes it. */
static bool is_blind(const struct run *run)
{
    return run->fault == DOES_NOTHING || run->fault == DOES_HALF;
}

/* Reads may be short, and error messages may be lost. */
static bool is_harmless(const struct run *run)
{
    return run->fault == READS_ONE || run->fault == READS_ONE_LESS ||
           (run->call == CALL_ERR && run->fault != FAILS_EVER_SINCE);
}

static bool is_failure(const struct run *run)
{
    switch (run->fault) {
    case FAILS:
    case FAILS_EVER_SINCE:
    case FAILS_ONCE:
    case FAILS_DONE:
    case FAILS_HALF_DONE:
    case COUNTS_ONE_MORE:
    case COUNTS_ALL:
    case FILLS_ZERO:
    case FILLS_CONSTANT:
    case FILLS_NOTHING:
        return run->call != CALL_ERR;
    default:
        return false;
    }
}

static bool says_ok(void)
{
    return is_said("OK: Looks good to me") || is_said("\"verdict\": \"match\"");
}

static void check_code(const struct run *run, const struct answer *answer, bool right)
{
    bool matches = run->wrong == WRONG_NOTHING && right;
    REQUIRE(run->code == CLI_SUCCESS || run->code == CLI_MISMATCH || run->code == CLI_USAGE ||
            run->code == CLI_FAILED);
    REQUIRE(run->code != CLI_SUCCESS || matches);
    REQUIRE(matches || (!says_ok() && memory_next() == NULL));
    REQUIRE(run->code == CLI_SUCCESS || run->call == CALL_OUT ||
            !(is_said("OK: Injected") || is_said("\"verdict\": \"match\"")));
    REQUIRE(!is_harmless(run) || run->code == answer->code);
    REQUIRE(!is_failure(run) || run->code == CLI_FAILED);
}

/* One line for one error; a refusal and the loss of its JSON are two errors. */
static void check_complaints(const struct run *run, const struct answer *answer)
{
    const struct manner *manner = &run->run_case->manner;
    if (run->call == CALL_ERR || run->fault == FAILS_EVER_SINCE)
        return;
    size_t wanted = run->code == CLI_SUCCESS || manner->quiet ? 0 : 1;
    if (answer->code == CLI_MISMATCH && is_failure(run) && run->call == CALL_OUT && manner->json)
        wanted++;
    REQUIRE(memory_count_lines(PORT_ERR, "ERROR: ") == wanted);
}

static void check_texts(const struct run *run, const struct answer *answer)
{
    check_complaints(run, answer);
    if (is_blind(run) || (run->code != CLI_SUCCESS && !is_harmless(run)))
        return;
    if (run->run_case->is_unreported) {
        struct truth truth = scenario_tell(delivered, delivered->launch.nonce);
        scenario_check_printed(&truth);
        return;
    }
    REQUIRE(is_printed(PORT_OUT, answer->out));
    REQUIRE(run->call == CALL_ERR || is_printed(PORT_ERR, answer->err));
}

static void check_page(const uint8_t *page, const struct model_cpu *cpu, uint32_t reset)
{
    uint8_t wanted[MODEL_PAGE];
    model_page(wanted, cpu, reset);
    REQUIRE(memcmp(page, wanted, sizeof wanted) == 0);
}

static void check_pages(const struct memory_sink *pages)
{
    struct model_footer footer;
    struct model_guest guest = scenario_guest(delivered);
    (void)model_footer(&footer, guest.firmware.bytes, guest.firmware.size);
    REQUIRE(pages->size == (size_t)2 * MODEL_PAGE);
    check_page(pages->bytes, &guest.cpu, 0xfffffff0);
    uint32_t reset = guest.cpu.vmm == MODEL_KRUN ? MODEL_KRUN_RESET : footer.reset;
    check_page(pages->bytes + MODEL_PAGE, &guest.cpu, reset);
}

/* Checks which file of the packet an error message names. */
static void check_named(const struct run *run)
{
    bool is_payload = run->fault == FAILS_HALF_DONE;
    const char *line = is_payload ? "ERROR: cannot write 'payload': it failed"
                                  : "ERROR: cannot write 'header': it failed";
    if (run->call == CALL_COMMIT && (is_payload || run->fault == FAILS) &&
        !run->run_case->manner.quiet)
        REQUIRE(memory_count_lines(PORT_ERR, line) == 1);
}

/*
 * Both files appear, only in success, or none does; and not before the answer is printed,
 * but for JSON, which comes last.
 */
static void check_packet(const struct run *run)
{
    bool is_there = memory_written("header") != NULL;
    REQUIRE(is_there == (memory_written("payload") != NULL));
    REQUIRE(is_there == (run->code == CLI_SUCCESS) || (is_there && run->call == CALL_OUT));
    if (is_there) {
        REQUIRE(says_ok() || run->run_case->manner.quiet || run->run_case->manner.json);
        scenario_check_packet(delivered);
    } else {
        check_named(run);
    }
}

static bool is_asked_for(const struct run *run, const char *word)
{
    const char *more = run->run_case->more;
    return more != NULL && strcmp(more, word) == 0;
}

/* Without the program that is to follow, there is no success, and no packet. */
static void check_next(const struct run *run)
{
    bool is_there = memory_next() != NULL;
    bool is_asked = is_asked_for(run, "--then=next");
    REQUIRE(is_asked || !is_there);
    REQUIRE(!is_asked || is_there || run->code != CLI_SUCCESS);
    REQUIRE(!is_asked || is_there || memory_written("header") == NULL);
}

static void check_files(const struct run *run)
{
    const struct memory_sink *pages = memory_written("vmsa");
    REQUIRE(run->wrong == WRONG_NOTHING ||
            (memory_written("header") == NULL && memory_written("payload") == NULL));
    if (is_blind(run))
        return;
    if (pages != NULL)
        check_pages(pages);
    bool is_asked = is_asked_for(run, "--vmsa-out=vmsa");
    REQUIRE(pages == NULL ? run->code != CLI_SUCCESS || !is_asked : is_asked);
    check_next(run);
    if (run->run_case->manner.secrets > 0 && run->wrong == WRONG_NOTHING)
        check_packet(run);
}

void check(const struct run *run, const struct answer *answer)
{
    check_code(run, answer, is_right(run));
    check_texts(run, answer);
    if (run->run_case->alone == NULL)
        check_files(run);
}

void answer_take(struct answer *answer, const struct run *run)
{
    *answer = (struct answer){.code = run->code,
                              .out = copy_printed(PORT_OUT),
                              .err = copy_printed(PORT_ERR),
                              .calls = plan_calls()};
    REQUIRE(answer->calls <= CALLS_MAX);
    for (unsigned n = 1; n <= answer->calls; n++)
        answer->call[n - 1] = plan_call(n);
    REQUIRE(run->code == (run->wrong == WRONG_NOTHING ? CLI_SUCCESS : CLI_MISMATCH));
    check(run, answer);
}

void answer_free(struct answer *answer)
{
    free(answer->out);
    free(answer->err);
}
