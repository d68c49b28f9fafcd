/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Does `sevlaunch sev-session` notice that a hash, a print, a write or the random source failed,
 * whichever it was? Nothing is written then, unless the answer alone is lost.
 */
#include <errno.h>

#include "platform_files.h"
#include "port.h"
#include "subcommands.h"

static unsigned char memory[32768];
static const struct cli_buffer buffer = {memory, sizeof memory};

/* The n-th call of a function of the platform that fails; 0: none. */
static struct {
    int calls;
    int failing;
} prints, writes, draws;

static bool fails_now(int *calls, int failing)
{
    return ++*calls == failing;
}

bool __wrap_port_print(enum port_stream stream, const char *text, size_t length);
bool __wrap_port_print(enum port_stream stream, const char *text, size_t length)
{
    (void)text;
    (void)length;
    return stream != PORT_OUT || !fails_now(&prints.calls, prints.failing);
}

bool __real_port_write(struct port_sink *sink, const void *bytes, size_t size);
bool __wrap_port_write(struct port_sink *sink, const void *bytes, size_t size);
bool __wrap_port_write(struct port_sink *sink, const void *bytes, size_t size)
{
    if (!fails_now(&writes.calls, writes.failing))
        return __real_port_write(sink, bytes, size);
    sink->error = EIO;
    return false;
}

bool __real_port_random(void *bytes, size_t size);
bool __wrap_port_random(void *bytes, size_t size);
bool __wrap_port_random(void *bytes, size_t size)
{
    return __real_port_random(bytes, size) && !fails_now(&draws.calls, draws.failing);
}

static enum cli_code run(const char *const words[])
{
    prints.calls = writes.calls = draws.calls = 0;
    (void)unlink("vm_godh.b64");
    (void)unlink("vm_session.b64");
    (void)unlink("vm_tek.bin");
    (void)unlink("vm_tik.bin");
    (void)unlink("tk");
    return sevlaunch(words, buffer);
}

static bool is_there(const char *name)
{
    return access(name, F_OK) == 0;
}

static void assert_nothing_is_there(void)
{
    assert_false(is_there("vm_godh.b64") || is_there("vm_session.b64") || is_there("vm_tek.bin") ||
                 is_there("vm_tik.bin") || is_there("tk"));
}

static const char *const words[][12] = {{SESSION, pin, "--debug", NULL},
                                        {SESSION, pin, "--tk=tk", NULL},
                                        {SESSION, pin, "--json", NULL},
                                        {SESSION, pin, "--launch-security-xml", NULL}};
#define ALL_WORDS (sizeof words / sizeof *words)

static void every_hash_that_fails_is_noticed(void **state)
{
    (void)state;
    assert_int_equal(run(words[0]), CLI_SUCCESS);
    int calls = crypto_calls();
    assert_true(calls > 0);
    for (int n = 1; n <= calls; n++) {
        fail_crypto_call(n);
        assert_int_equal(run(words[0]), CLI_FAILED);
        assert_nothing_is_there();
    }
}

static void every_line_that_is_lost_is_noticed(void **state)
{
    (void)state;
    for (size_t i = 0; i < ALL_WORDS; i++) {
        assert_int_equal(run(words[i]), CLI_SUCCESS);
        int count = prints.calls;
        assert_true(count > 0);
        for (prints.failing = 1; prints.failing <= count; prints.failing++)
            assert_int_equal(run(words[i]), CLI_FAILED);
        prints.failing = 0;
    }
}

/* The verdict on a chain that does not hold is lost, too. */
static void a_refusal_that_is_lost_is_noticed(void **state)
{
    static const char *const untrusted[] = {SESSION, "--json", NULL};
    (void)state;
    assert_int_equal(run(untrusted), CLI_MISMATCH);
    assert_int_equal(draws.calls, 0);
    prints.failing = prints.calls;
    assert_int_equal(run(untrusted), CLI_FAILED);
    prints.failing = 0;
    assert_nothing_is_there();
}

static void every_write_that_fails_is_noticed(void **state)
{
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(run(words[i]), CLI_SUCCESS);
        assert_int_equal(writes.calls, 4);
        for (writes.failing = 1; writes.failing <= 4; writes.failing++) {
            assert_int_equal(run(words[i]), CLI_FAILED);
            assert_nothing_is_there();
            assert_int_equal(prints.calls, 0);
        }
        writes.failing = 0;
    }
}

static void a_random_source_that_fails_is_noticed(void **state)
{
    (void)state;
    assert_int_equal(run(words[0]), CLI_SUCCESS);
    int count = draws.calls;
    assert_true(count > 0);
    for (draws.failing = 1; draws.failing <= count; draws.failing++) {
        assert_int_equal(run(words[0]), CLI_FAILED);
        assert_nothing_is_there();
    }
    draws.failing = 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(every_hash_that_fails_is_noticed, no_faults),
        cmocka_unit_test_setup(every_line_that_is_lost_is_noticed, no_faults),
        cmocka_unit_test_setup(a_refusal_that_is_lost_is_noticed, no_faults),
        cmocka_unit_test_setup(every_write_that_fails_is_noticed, no_faults),
        cmocka_unit_test_setup(a_random_source_that_fails_is_noticed, no_faults),
    };
    return cmocka_run_group_tests(tests, make_platform, remove_platform);
}
