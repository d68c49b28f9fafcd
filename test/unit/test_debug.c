/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The MEASURE that --debug shows is wiped before the verdict. The command runs on a stack
 * of the test's own. The test searches it when the command computes the verdict.
 */
#include <sevlaunch/sev/measurement.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "own_stack.h"
#include "support.h"
#include "traces.h"
#include "validate.h"

enum sevl_result __wrap_sevl_measurement_verify(const uint8_t *tik,
                                                const struct sevl_launch *launch,
                                                const uint8_t *launch_digest,
                                                const struct sevl_measurement *reported);
enum sevl_result __real_sevl_measurement_verify(const uint8_t *tik,
                                                const struct sevl_launch *launch,
                                                const uint8_t *launch_digest,
                                                const struct sevl_measurement *reported);

#define ZEROS "00000000000000000000000000000000"
#define SIXTEEN_A "AAAAAAAAAAAAAAAA"

static _Alignas(64) uint8_t stack[256 * 1024];
static bool is_asked;
static enum cli_code code;
static char tk[] = "--tk=/tmp/sevlaunch-XXXXXX";
static const char *const arguments[] = {"--debug",
                                        "--no-hints",
                                        "--measurement=" SIXTEEN_A SIXTEEN_A SIXTEEN_A SIXTEEN_A,
                                        "--api-major=0",
                                        "--api-minor=24",
                                        "--build-id=13",
                                        "--policy=3",
                                        "--launch-digest=" ZEROS ZEROS,
                                        tk,
                                        NULL};

enum sevl_result __wrap_sevl_measurement_verify(const uint8_t *tik,
                                                const struct sevl_launch *launch,
                                                const uint8_t *launch_digest,
                                                const struct sevl_measurement *reported)
{
    is_asked = true;
    own_stack_leave();
    return __real_sevl_measurement_verify(tik, launch, launch_digest, reported);
}

static void run(void)
{
    static uint8_t memory[1024];
    code = validate(arguments, (struct cli_buffer){memory, sizeof memory});
}

static void start(void)
{
    memset(stack, 0xa5, sizeof stack);
    own_stack_run(stack, sizeof stack, run);
}

static void the_measure_is_wiped(void **state)
{
    (void)state;
    static const uint8_t keys[32] = "the TEK, 16 byt the TIK, 16 byt";
    static const struct sevl_launch launch = {0, 24, 13, 3};
    static const uint8_t zeros[SEVL_SHA256_SIZE];
    uint8_t message[SEVL_MEASUREMENT_MESSAGE_SIZE];
    uint8_t measure[SEVL_MEASURE_SIZE];
    int file = mkstemp(tk + strlen("--tk="));
    assert_int_equal(write(file, keys, sizeof keys), sizeof keys);
    assert_int_equal(close(file), 0);
    sevl_measurement_message(&launch, zeros, zeros, message);
    assert_int_equal(sevl_measurement_compute(keys + 16, message, measure), SEVL_OK);
    traces_begin();
    traces_add("MEASURE", measure, sizeof measure);

    start();

    assert_true(is_asked);
    assert_null(traces_find(stack, sizeof stack));
    own_stack_resume();
    assert_int_equal(code, CLI_MISMATCH);
    assert_int_equal(unlink(tk + strlen("--tk=")), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_measure_is_wiped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
