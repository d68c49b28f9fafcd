/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "run.h"

#include <signal.h>

#include "own_stack.h"
#include "traces.h"

#define STACK_SIZE ((size_t)256 * 1024)
#define PAINT 0xa5

/* All writable data; the linker defines these symbols. */
extern char __data_start[];
extern char _end[];

static struct run now;
static unsigned long runs;

/* On the heap, since static data is searched. */
static struct scenario *scenario;

static struct cli_buffer buffer;
static uint8_t *stack;

static void tell_text(enum port_stream stream)
{
    struct memory_text printed = memory_printed(stream);
    (void)fprintf(stderr, "%.*s", (int)printed.length, printed.text);
}

/* Says which run it was, if a requirement fails. */
static void tell_where(int number)
{
    (void)number;
    (void)fprintf(stderr, "case '%s', wrong %d, call %u of kind %d, fault %d: exit code %d\n",
                  now.run_case->name, (int)now.wrong, now.n, (int)now.call, (int)now.fault,
                  (int)now.code);
    tell_text(PORT_OUT);
    tell_text(PORT_ERR);
}

static void *allocate(size_t size)
{
    void *memory = malloc(size);
    REQUIRE(memory != NULL);
    return memory;
}

static void begin(void)
{
    scenario = allocate(sizeof *scenario);
    stack = allocate(STACK_SIZE);
    memset(stack, PAINT, STACK_SIZE);
    (void)signal(SIGABRT, tell_where);
}

static void look_for_inner_hash(const struct launch *launch)
{
    uint8_t message[8 + 32 + 16] = {4,
                                    launch->api_major,
                                    launch->api_minor,
                                    launch->build,
                                    (uint8_t)launch->policy,
                                    (uint8_t)(launch->policy >> 8),
                                    (uint8_t)(launch->policy >> 16),
                                    (uint8_t)(launch->policy >> 24)};
    memcpy(message + 8, scenario_tell(scenario, launch->nonce).digest, 32);
    memcpy(message + 40, launch->nonce, 16);
    traces_add_message(launch->tik, message, sizeof message);
}

/* Traces of the launch's own keys, not of what a fault makes of them. */
static void look_for_keys(void)
{
    const struct launch *launch = &scenario->launch;
    traces_begin();
    traces_add_hmac_key("TIK", launch->tik);
    traces_add_hmac_key("TEK", launch->tek); /* the diagnosis tries swapped keys */
    traces_add_aes_key("TEK", launch->tek);
    look_for_inner_hash(launch);
    for (size_t i = 0; i < scenario->manner.secrets; i++)
        traces_add("secret", scenario->secret[i], scenario->secret_size[i]);
}

/* The measurement that the owner computed. If the host did not report it, it would be a forgery. */
static void look_for_measure(void)
{
    struct truth truth = scenario_tell(scenario, scenario->reported + 32);
    traces_add_words("computed MEASURE", truth.measurement, 32);
}

void run_begin(const struct run_case *run_case, enum wrong wrong)
{
    if (scenario == NULL)
        begin();
    now = (struct run){.run_case = run_case, .wrong = wrong, .scenario = scenario};
    case_make(scenario, run_case, wrong);
    look_for_keys();
    if (wrong == WRONG_GUEST && !run_case->manner.prints)
        look_for_measure();
    free(buffer.memory);
    buffer.size = case_buffer_size(run_case);
    buffer.memory = allocate(buffer.size);
    memset(buffer.memory, PAINT, buffer.size);
}

unsigned long run_count(void)
{
    return runs;
}

static void enter(void)
{
    now.code = validate(scenario->word, buffer);
}

static size_t unused_stack(void)
{
    uint8_t painted[64];
    size_t unused = 0;
    memset(painted, PAINT, sizeof painted);
    while (unused < STACK_SIZE && memcmp(stack + unused, painted, sizeof painted) == 0)
        unused += sizeof painted;
    REQUIRE(unused > 0);
    return unused;
}

static void paint_stack(void)
{
    size_t unused = unused_stack();
    memset(stack + unused, PAINT, STACK_SIZE - unused);
}

static const char *find_on_stack(void)
{
    size_t unused = unused_stack();
    return traces_find(stack + unused, STACK_SIZE - unused);
}

static const char *find_in_buffer(void)
{
    return traces_find(buffer.memory, buffer.size);
}

static const char *find_in_static_data(void)
{
    return traces_find(__data_start, (size_t)(_end - __data_start));
}

static void check_memory(const char *where, const char *name)
{
    if (name == NULL)
        return;
    (void)fprintf(stderr, "in the %s: %s\n", where, name);
    abort();
}

static void check_memories(void)
{
    check_memory("stack", find_on_stack());
    check_memory("buffer", find_in_buffer());
    check_memory("static data", find_in_static_data());
}

static void plant(uint8_t *memory)
{
    memcpy(memory, scenario->launch.tik, TRACES_KEY_SIZE);
    __asm__ volatile("" : : "r"(memory) : "memory");
}

static void leak(void)
{
    uint8_t key[TRACES_KEY_SIZE];
    plant(key);
}

static void check_search_of_stack(void)
{
    own_stack_run(stack, STACK_SIZE, leak);
    REQUIRE(find_on_stack() != NULL);
    paint_stack();
}

static void check_search_of_buffer(void)
{
    plant(buffer.memory + buffer.size - TRACES_KEY_SIZE);
    REQUIRE(find_in_buffer() != NULL);
    memset(buffer.memory, PAINT, buffer.size);
}

static void check_search_of_static_data(void)
{
    static uint8_t zero[TRACES_KEY_SIZE];
    static uint8_t set[TRACES_KEY_SIZE] = {1};
    plant(zero);
    REQUIRE(find_in_static_data() != NULL);
    memset(zero, 0, sizeof zero);
    plant(set);
    REQUIRE(find_in_static_data() != NULL);
    memset(set, 1, sizeof set);
}

void run_check_search(void)
{
    check_memories();
    check_search_of_stack();
    check_search_of_buffer();
    check_search_of_static_data();
    check_memories();
}

const struct run *run_once(unsigned n, enum fault fault, enum call call)
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
    own_stack_run(stack, STACK_SIZE, enter);
    runs++;
    memory_check_end();
    REQUIRE(plan_calls() >= n);
    if (fault != OPENS_ANOTHER) /* a key that is read as firmware is not secret */
        check_memories();
    paint_stack();
    return &now;
}
