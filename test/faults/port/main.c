/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Every kind of run, with every fault at every call. What the right answer is, a model
 * tells from the bytes that the command was given: it ends in success with that answer,
 * or with an error; never in success otherwise; and it leaves no key.
 *
 * The command has a stack of its own, which is searched afterwards, with its buffer and
 * all static data. Builds without optimisation keep copies of keys; see test_wipe.c.
 */
#include "validate.h"

#include <signal.h>
#include <ucontext.h>

#include "cases.h"
#include "plan.h"
#include "traces.h"

#define STACK_SIZE ((size_t)256 * 1024)
#define PAINT 0xa5

/* All that is written, by a linker that knows where. */
extern char __data_start[];
extern char _end[];

/* What this is about: told when something is not so. */
static struct {
    const struct run_case *run_case;
    enum wrong wrong;
    unsigned n;
    enum fault fault;
    enum call call;
} now;

/* What the command answers when nothing goes wrong. */
struct answer {
    enum exit_code code;
    char *out;
    char *err;
    unsigned calls;
    enum call call[CALLS_MOST];
    struct memory_sink *header;
};

/* On the heap: static data is searched. */
static struct scenario *scenario;
static struct scenario *delivered;

static uint8_t *stack;
static ucontext_t here;
static ucontext_t there;
static struct buffer buffer;
static enum exit_code code;
static unsigned long runs;

static void tell_text(enum port_stream stream)
{
    struct memory_text printed = memory_printed(stream);
    (void)fprintf(stderr, "%.*s", (int)printed.length, printed.text);
}

static void tell_where(int number)
{
    (void)number;
    (void)fprintf(stderr, "case '%s', wrong %d, call %u of kind %d, fault %d: exit code %d\n",
                  now.run_case->name, (int)now.wrong, now.n, (int)now.call, (int)now.fault,
                  (int)code);
    tell_text(PORT_OUT);
    tell_text(PORT_ERR);
}

static void *allocate(size_t size)
{
    void *memory = malloc(size);
    REQUIRE(memory != NULL);
    return memory;
}

static void enter(void)
{
    code = validate(scenario->word, buffer);
}

static void run_on_own_stack(void)
{
    REQUIRE(getcontext(&there) == 0);
    there.uc_stack.ss_sp = stack;
    there.uc_stack.ss_size = STACK_SIZE;
    there.uc_link = &here;
    makecontext(&there, enter, 0);
    REQUIRE(swapcontext(&here, &there) == 0);
}

static void check_memory(const char *where, const void *memory, size_t size)
{
    const char *name = traces_find(memory, size);
    if (name == NULL)
        return;
    (void)fprintf(stderr, "in the %s: %s\n", where, name);
    abort();
}

static size_t unused_stack(void)
{
    uint8_t painted[64];
    size_t unused = 0;
    memset(painted, PAINT, sizeof painted);
    while (memcmp(stack + unused, painted, sizeof painted) == 0)
        unused += sizeof painted;
    REQUIRE(unused > 0);
    return unused;
}

/* A key that was opened in the place of the firmware is none. */
static void check_memories(void)
{
    size_t unused = unused_stack();
    if (now.fault != OPENS_ANOTHER) {
        check_memory("stack", stack + unused, STACK_SIZE - unused);
        check_memory("buffer", buffer.memory, buffer.size);
        check_memory("static data", __data_start, (size_t)(_end - __data_start));
    }
    memset(stack + unused, PAINT, STACK_SIZE - unused);
}

static void run(unsigned n, enum fault fault, enum call call)
{
    struct memory_setting setting = {.files = scenario->file,
                                     .count = scenario->files,
                                     .stride = now.run_case->stride,
                                     .random = 0x11};
    now.n = n;
    now.fault = fault;
    now.call = call;
    memset(buffer.memory, PAINT, buffer.size);
    memory_start(setting);
    plan_start(scenario->file, scenario->files, n, fault);
    run_on_own_stack();
    runs++;
    memory_check_end();
    REQUIRE(plan_calls() >= n);
    check_memories();
}

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

/* What has a size of its own is not used in another. */
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
    for (size_t i = 0; i < scenario->manner.secrets; i++) {
        const struct delivery *delivery = plan_delivery(scenario_guids[i]);
        if (delivery == NULL || delivery->size > sizeof delivered->secret[i])
            continue;
        delivered->secret_size[i] = (uint16_t)delivery->size;
        memcpy(delivered->secret[i], delivery->bytes, delivery->size);
    }
}

/* Makes the launch that the command was told of; returns whether it can be right. */
static bool take_delivered(void)
{
    struct launch *launch = &delivered->launch;
    *delivered = *scenario;
    take_secrets();
    return take_part(&launch->firmware, "--firmware") && take_part(&launch->kernel, "--kernel") &&
           take_part(&launch->initrd, "--initrd") &&
           take_part(&launch->cmdline, "--cmdline-file") &&
           take_bytes(launch->page0, MODEL_PAGE, "--vmsa-cpu0") &&
           take_bytes(launch->page1, MODEL_PAGE, "--vmsa-cpu1") && take_keys(launch);
}

/* Whether what the command was told is what the host reports. */
static bool is_right(void)
{
    if (now.run_case->alone != NULL)
        return true;
    bool taken = take_delivered();
    struct truth truth = scenario_tell(delivered, delivered->reported + 32);
    return taken && truth.is_measured &&
           (now.run_case->is_unreported ||
            memcmp(truth.measurement, delivered->reported, sizeof truth.measurement) == 0);
}

/* A platform that says that it has written is believed. */
static bool is_blind(void)
{
    return now.fault == DOES_NOTHING || now.fault == DOES_HALF;
}

/* Reads may be short, and complaints may be lost. */
static bool is_harmless(void)
{
    return now.fault == READS_ONE || now.fault == READS_ONE_LESS ||
           (now.call == CALL_ERR && now.fault != FAILS_EVER_SINCE);
}

static bool is_failure(void)
{
    switch (now.fault) {
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
        return now.call != CALL_ERR;
    default:
        return false;
    }
}

static bool says_ok(void)
{
    return is_said("OK: Looks good to me") || is_said("\"verdict\": \"match\"");
}

static void check_code(const struct answer *answer, bool right)
{
    bool matches = now.wrong == WRONG_NOTHING && right;
    REQUIRE(code == CODE_MATCH || code == CODE_MISMATCH || code == CODE_USAGE ||
            code == CODE_FAILED);
    REQUIRE(code != CODE_MATCH || matches);
    REQUIRE(matches || !says_ok());
    REQUIRE(code == CODE_MATCH || !is_said("OK: Injected") || now.call == CALL_OUT);
    REQUIRE(!is_harmless() || code == answer->code);
    REQUIRE(!is_failure() || code == CODE_FAILED);
}

/* One error, one line. A refusal and the loss of its JSON are two. */
static void check_complaints(const struct answer *answer)
{
    const struct manner *manner = &now.run_case->manner;
    if (now.call == CALL_ERR || now.fault == FAILS_EVER_SINCE)
        return;
    size_t wanted = code == CODE_MATCH || manner->quiet ? 0 : 1;
    if (answer->code == CODE_MISMATCH && is_failure() && now.call == CALL_OUT && manner->json)
        wanted++;
    REQUIRE(memory_count_lines(PORT_ERR, "ERROR: ") == wanted);
}

static void check_texts(const struct answer *answer)
{
    check_complaints(answer);
    if (is_blind() || (code != CODE_MATCH && !is_harmless()))
        return;
    if (now.run_case->is_unreported) {
        struct truth truth = scenario_tell(delivered, delivered->launch.nonce);
        scenario_check_printed(&truth);
        return;
    }
    REQUIRE(is_printed(PORT_OUT, answer->out));
    REQUIRE(now.call == CALL_ERR || is_printed(PORT_ERR, answer->err));
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
    check_page(pages->bytes + MODEL_PAGE, &guest.cpu, footer.reset);
}

/* Whether the fault came when both files were complete. */
static bool is_late(const struct answer *answer)
{
    for (unsigned n = 1; n <= now.n; n++)
        if (answer->call[n - 1] == CALL_COMMIT)
            return true;
    return false;
}

/*
 * Nothing appears before the answer is out. The header may be there alone when the
 * payload did not appear.
 */
static void check_packet(const struct answer *answer)
{
    const struct memory_sink *header = memory_written("header");
    const struct memory_sink *payload = memory_written("payload");
    REQUIRE((code == CODE_MATCH) == (payload != NULL) || is_late(answer));
    REQUIRE(payload == NULL || header != NULL);
    REQUIRE(header == NULL || says_ok() || now.run_case->manner.quiet);
    if (payload != NULL && header != NULL)
        scenario_check_packet(delivered);
    else if (header != NULL)
        REQUIRE(is_late(answer) && header->size == answer->header->size &&
                memcmp(header->bytes, answer->header->bytes, header->size) == 0);
}

static bool writes_pages(void)
{
    const char *more = now.run_case->more;
    return more != NULL && strcmp(more, "--vmsa-out=vmsa") == 0;
}

static void check_files(const struct answer *answer)
{
    const struct memory_sink *pages = memory_written("vmsa");
    REQUIRE(now.wrong == WRONG_NOTHING ||
            (memory_written("header") == NULL && memory_written("payload") == NULL));
    if (is_blind())
        return;
    if (pages != NULL)
        check_pages(pages);
    REQUIRE(pages == NULL ? code != CODE_MATCH || !writes_pages() : writes_pages());
    if (now.run_case->manner.secrets > 0 && now.wrong == WRONG_NOTHING)
        check_packet(answer);
}

static void check(const struct answer *answer)
{
    check_code(answer, is_right());
    check_texts(answer);
    if (now.run_case->alone == NULL)
        check_files(answer);
}

static struct memory_sink *copy_sink(const char *name)
{
    const struct memory_sink *sink = memory_written(name);
    return sink == NULL ? NULL : copy(sink, sizeof *sink);
}

static void take_answer(struct answer *answer)
{
    run(0, FAULT_NONE, CALL_OPEN);
    *answer = (struct answer){.code = code,
                              .out = copy_printed(PORT_OUT),
                              .err = copy_printed(PORT_ERR),
                              .calls = plan_calls(),
                              .header = copy_sink("header")};
    REQUIRE(answer->calls <= CALLS_MOST);
    for (unsigned n = 1; n <= answer->calls; n++)
        answer->call[n - 1] = plan_call(n);
    REQUIRE(code == (now.wrong == WRONG_NOTHING ? CODE_MATCH : CODE_MISMATCH));
    check(answer);
}

static void free_answer(struct answer *answer)
{
    free(answer->out);
    free(answer->err);
    free(answer->header);
}

static void run_all_faults(void)
{
    struct answer answer;
    take_answer(&answer);
    for (unsigned n = 1; n <= answer.calls; n++)
        for (int fault = FAULT_NONE + 1; fault < FAULTS; fault++)
            if (plan_applies((enum fault)fault, answer.call[n - 1])) {
                run(n, (enum fault)fault, answer.call[n - 1]);
                check(&answer);
            }
    free_answer(&answer);
}

/* Where nothing is compared there is nothing wrong. */
static bool has_wrong(const struct run_case *run_case, enum wrong wrong)
{
    return wrong == WRONG_NOTHING || (run_case->alone == NULL && !run_case->is_unreported);
}

static void run_case(const struct run_case *run_case, enum wrong wrong)
{
    now.run_case = run_case;
    now.wrong = wrong;
    case_make(scenario, run_case, wrong);
    traces_of(scenario);
    if (wrong == WRONG_GUEST && !run_case->manner.prints)
        traces_of_measure(scenario);
    buffer.size = case_buffer_size(run_case);
    buffer.memory = allocate(buffer.size);
    run_all_faults();
    free(buffer.memory);
}

int main(void)
{
    scenario = allocate(sizeof *scenario);
    delivered = allocate(sizeof *delivered);
    stack = allocate(STACK_SIZE);
    memset(stack, PAINT, STACK_SIZE);
    (void)signal(SIGABRT, tell_where);
    for (size_t i = 0; i < cases_count; i++)
        for (int wrong = WRONG_NOTHING; wrong < WRONGS; wrong++)
            if (has_wrong(&cases[i], (enum wrong)wrong))
                run_case(&cases[i], (enum wrong)wrong);
    (void)printf("%lu runs\n", runs);
    return EXIT_SUCCESS;
}
