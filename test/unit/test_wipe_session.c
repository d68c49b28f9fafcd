/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * `sevlaunch sev-session` runs on a stack of the test's own, with random bytes that the test
 * chose. This stack, and the memory that the command was given, are then searched for all that
 * is secret of these. Builds without optimisation fail, as unit.wipe says.
 */
#include "own_stack.h"
#include "platform_files.h"
#include "port.h"
#include "subcommands.h"
#include "traces.h"

/* What is drawn first, in this order; public values and what blinds come after it. */
static uint8_t drawn[208];
#define D_SIZE 48

static _Alignas(64) uint8_t stack[512 * 1024];
static unsigned char memory[32768];
static const char *const *words;
static enum cli_code code;
static bool leaks;

bool __wrap_port_random(void *bytes, size_t size);
bool __wrap_port_random(void *bytes, size_t size)
{
    assert_int_equal(size, sizeof drawn);
    memcpy(bytes, drawn, sizeof drawn);
    return true;
}

bool __wrap_port_print(enum port_stream stream, const char *text, size_t length);
bool __wrap_port_print(enum port_stream stream, const char *text, size_t length)
{
    (void)stream;
    (void)text;
    (void)length;
    return true;
}

static int choose_random_bytes(void **state)
{
    uint32_t number = 55766;
    (void)state;
    fail_crypto_call(0);
    for (size_t i = 0; i < sizeof drawn; i++) {
        number = number * 1664525 + 1013904223;
        drawn[i] = (uint8_t)(number >> 24);
    }
    traces_begin();
    traces_add_words("d", drawn, D_SIZE);
    traces_add("TEK", drawn + D_SIZE, SEVL_TEK_SIZE);
    traces_add_hmac_key("TIK", drawn + D_SIZE + SEVL_TEK_SIZE);
    return 0;
}

static void run_command(void)
{
    uint8_t copy[1024];
    code = sevlaunch(words, (struct cli_buffer){memory, sizeof memory});
    if (leaks)
        memcpy(copy, drawn, sizeof drawn);
    __asm__ volatile("" : : "r"(copy) : "memory");
}

static const char *trace_after(const char *const run_words[])
{
    words = run_words;
    memset(stack, 0xa5, sizeof stack);
    own_stack_run(stack, sizeof stack, run_command);
    const char *name = traces_find(stack, sizeof stack);
    return name == NULL ? traces_find(memory, sizeof memory) : name;
}

static const char *const usual[] = {SESSION, pin, "--debug", NULL};

static void a_leak_is_found(void **state)
{
    (void)state;
    leaks = true;
    assert_non_null(trace_after(usual));
    leaks = false;
    assert_int_equal(code, CLI_SUCCESS);
}

static void nothing_is_left_of_a_session(void **state)
{
    static const char *const one_file[] = {SESSION, pin, "--tk=tk", "--json", NULL};
    (void)state;
    assert_null(trace_after(usual));
    assert_int_equal(code, CLI_SUCCESS);
    assert_null(trace_after(one_file));
    assert_int_equal(code, CLI_SUCCESS);
}

static void nothing_is_left_of_one_that_failed(void **state)
{
    static const char *const no_folder[] = {SESSION, pin, "--name=none/vm", NULL};
    (void)state;
    assert_null(trace_after(no_folder));
    assert_int_equal(code, CLI_FAILED);
    fail_crypto_call(0);
    assert_null(trace_after(usual));
    int calls = crypto_calls();
    for (int n = calls - 20; n <= calls; n++) {
        fail_crypto_call(n);
        assert_null(trace_after(usual));
        assert_int_equal(code, CLI_FAILED);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_leak_is_found, choose_random_bytes),
        cmocka_unit_test_setup(nothing_is_left_of_a_session, choose_random_bytes),
        cmocka_unit_test_setup(nothing_is_left_of_one_that_failed, choose_random_bytes),
    };
    return cmocka_run_group_tests(tests, make_platform, remove_platform);
}
