/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Calls run on a stack of the test's own, which is then searched for the secrets that they
 * used. Builds without optimisation fail: there the compiler keeps copies in the frames of
 * Mbed TLS's functions.
 */
#include <sevlaunch/sev/secret.h>
#include <sevlaunch/sev/session.h>
#include <sevlaunch/wipe.h>
#include <string.h>

#include "crypto/aes_ctr.h"
#include "crypto/hmac.h"
#include "crypto/p384_secret.h"

#include "own_stack.h"
#include "session_table.h"
#include "sev/session_random.h"
#include "sev/vectors.h"
#include "support.h"
#include "tables.h"
#include "traces.h"
#include <sevlaunch/sha256.h>

static const struct sevl_vector *const vector = &sevl_vectors[3];

static _Alignas(64) uint8_t stack[256 * 1024];
static enum sevl_result result;

static struct sevl_measurement reported;
static struct sevl_hmac_pads pads;
static uint8_t measure[SEVL_MEASURE_SIZE];
static uint8_t message[SEVL_MEASUREMENT_MESSAGE_SIZE];

static const uint8_t secret[56] = "a pass phrase of some length, so that it spans blocks";
static struct sevl_secret_table table;
static uint8_t buffer[512];
static uint8_t header[SEVL_SECRET_HEADER_SIZE];
static size_t sealed;
static enum sevl_result verdict;

static void run_on_own_stack(void (*call)(void))
{
    memset(stack, 0xa5, sizeof stack);
    own_stack_run(stack, sizeof stack, call);
}

static int look_for_traces(void **state)
{
    (void)state;
    uint8_t text[SEVL_MEASUREMENT_MESSAGE_SIZE];
    sevl_measurement_message(&vector->launch, vector->launch_digest, vector->reported.mnonce, text);
    fail_crypto_call(0);
    traces_begin();
    traces_add_hmac_key("TIK", vector->tik);
    traces_add_message(vector->tik, text, sizeof text);
    traces_add_aes_key("TEK", aes_key);
    traces_add("secret", secret, sizeof secret);
    return 0;
}

static void assert_nothing_left(void)
{
    const char *name = traces_find(stack, sizeof stack);
    if (name != NULL)
        fail_msg("on the stack: %s", name);
}

static void verify(void)
{
    result =
        sevl_measurement_verify(vector->tik, &vector->launch, vector->launch_digest, &reported);
}

static void compute(void)
{
    result = sevl_measurement_compute(vector->tik, message, measure);
}

/* The pads are the caller's, and not on this stack. */
static void compute_with_pads(void)
{
    result = sevl_hmac_prepare(&pads, vector->tik);
    if (result == SEVL_OK)
        result = sevl_hmac_prepared(&pads, message, sizeof message, measure);
}

static void encrypt(void)
{
    memcpy(buffer, secret, sizeof secret);
    result = sevl_aes128_ctr(aes_key, vector->reported.mnonce, buffer, sizeof secret);
}

static void seal_secret(void)
{
    const struct sevl_secret_seal seal = {.verdict = verdict,
                                          .tek = aes_key,
                                          .tik = vector->tik,
                                          .measure = vector->reported.measure,
                                          .iv = vector->reported.mnonce};
    result = sevl_secret_seal(&table, buffer, &seal, header, &sealed);
}

/* Shows that the search works: a call that leaves a copy of the key. */
static void leak(void)
{
    uint8_t copy[1024]; /* so large that no later call overwrites its start */
    memcpy(copy, vector->tik, SEVL_TIK_SIZE);
    __asm__ volatile("" : : "r"(copy) : "memory");
    result = SEVL_OK;
}

static void a_leak_is_found(void **state)
{
    (void)state;
    run_on_own_stack(leak);
    assert_int_equal(result, SEVL_OK);
    assert_string_equal(traces_find(stack, sizeof stack), "TIK");
}

/* The round keys to search for come from OpenSSL; they equal Python's. */
static void round_keys_are_found(void **state)
{
    (void)state;
    for (size_t i = 0; i + 8 <= sizeof aes_round_keys; i += 8)
        assert_non_null(traces_find(aes_round_keys + i, 8));
}

static void a_match_leaves_nothing(void **state)
{
    (void)state;
    reported = vector->reported;
    run_on_own_stack(verify);
    assert_int_equal(result, SEVL_MATCH);
    assert_nothing_left();
}

/* Then the computed value is secret. */
static void report_another_measure(void)
{
    reported = vector->reported;
    memset(reported.measure, 0x11, sizeof reported.measure);
    traces_add_words("computed MEASURE", vector->reported.measure, SEVL_MEASURE_SIZE);
}

static void a_mismatch_leaves_nothing(void **state)
{
    (void)state;
    report_another_measure();
    run_on_own_stack(verify);
    assert_int_equal(result, SEVL_MISMATCH);
    assert_nothing_left();
}

static void assert_nothing_left_by(void (*call)(void))
{
    sevl_measurement_message(&vector->launch, vector->launch_digest, vector->reported.mnonce,
                             message);
    memset(measure, 0, sizeof measure);
    run_on_own_stack(call);
    assert_int_equal(result, SEVL_OK);
    assert_memory_equal(measure, vector->reported.measure, sizeof measure);
    assert_nothing_left();
}

static void a_computation_leaves_nothing(void **state)
{
    (void)state;
    assert_nothing_left_by(compute);
    assert_nothing_left_by(compute_with_pads);
}

static void a_failure_anywhere_leaves_nothing(void **state)
{
    (void)state;
    report_another_measure();
    run_on_own_stack(verify);
    assert_int_equal(result, SEVL_MISMATCH);
    int calls = crypto_calls();
    for (int n = 1; n <= calls; n++) {
        fail_crypto_call(n);
        run_on_own_stack(verify);
        assert_int_equal(result, SEVL_ERROR_CRYPTO);
        assert_nothing_left();
    }
}

static void begin_secret(void)
{
    memset(buffer, 0xee, sizeof buffer);
    assert_int_equal(sevl_secret_begin(&table, buffer, sizeof buffer, SEVL_SECRET_PADDING_LIBVIRT),
                     SEVL_OK);
    assert_int_equal(sevl_secret_add(&table, buffer,
                                     (const struct sevl_guid *)guids[LUKS_KEY].bytes, secret,
                                     sizeof secret),
                     SEVL_OK);
    assert_string_equal(traces_find(buffer, sizeof buffer), "secret");
}

static void assert_no_secret_left(void)
{
    assert_nothing_left();
    assert_null(traces_find(buffer, sizeof buffer));
}

/* Alone, since the authentication of the packet would overwrite what it left. */
static void a_cipher_leaves_nothing(void **state)
{
    (void)state;
    run_on_own_stack(encrypt);
    assert_int_equal(result, SEVL_OK);
    for (size_t i = 0; i < sizeof secret; i++)
        buffer[i] ^= secret[i];
    traces_add_words("key stream", buffer, sizeof secret);
    assert_nothing_left();
}

static void a_sealed_secret_leaves_nothing(void **state)
{
    (void)state;
    begin_secret();
    verdict = SEVL_MATCH;
    run_on_own_stack(seal_secret);
    assert_int_equal(result, SEVL_OK);
    assert_no_secret_left();
}

static void a_refused_secret_leaves_nothing(void **state)
{
    (void)state;
    begin_secret();
    verdict = SEVL_MISMATCH;
    run_on_own_stack(seal_secret);
    assert_int_equal(result, SEVL_ERROR_STATE);
    assert_no_secret_left();
    assert_true(is_zero(buffer, sizeof buffer));
}

static void a_failure_while_sealing_leaves_nothing(void **state)
{
    (void)state;
    verdict = SEVL_MATCH;
    begin_secret();
    run_on_own_stack(seal_secret);
    assert_int_equal(result, SEVL_OK);
    int calls = crypto_calls();
    for (int n = 1; n <= calls; n++) {
        begin_secret();
        fail_crypto_call(n);
        run_on_own_stack(seal_secret);
        assert_int_equal(result, SEVL_ERROR_CRYPTO);
        assert_no_secret_left();
        assert_true(is_zero(buffer, sizeof buffer));
    }
}

static const struct known_session *const known = &known_sessions[0];

static struct sevl_sev_session session;
static struct sevl_sev_session_memory session_memory;

static bool draw_known(void *context, uint8_t *bytes, size_t size)
{
    memcpy(bytes, context, size);
    return true;
}

/* In the end TEK and TIK are in the session alone, which is not on this stack. */
static void make_session(void)
{
    const struct sevl_random random = {draw_known, (void *)known->random};
    struct sevl_sev_key pdh = {.verdict = SEVL_MATCH, .kind = SEVL_SEV_PDH};
    memcpy(pdh.key, known->pdh, sizeof pdh.key);
    result = sevl_sev_session_make(&session, &pdh, known->policy, &random, &session_memory);
}

static void add_long_hmac_key(const char *name, const uint8_t key[SEVL_P384_SIZE])
{
    static const uint8_t constants[] = {0x36, 0x5c};
    uint8_t block[SEVL_P384_SIZE];
    traces_add_words(name, key, SEVL_P384_SIZE);
    for (size_t c = 0; c < sizeof constants; c++) {
        for (size_t i = 0; i < sizeof block; i++)
            block[i] = key[i] ^ constants[c];
        traces_add_words(name, block, sizeof block);
    }
}

static int look_for_traces_of_a_session(void **state)
{
    (void)state;
    const struct sevl_session_random *drawn = (const void *)known->random;
    uint8_t stream[SEVL_TEK_SIZE + SEVL_TIK_SIZE];
    for (size_t i = 0; i < sizeof stream; i++)
        stream[i] = known->blob[sizeof drawn->nonce + i] ^ known->random[sizeof drawn->d + i];
    fail_crypto_call(0);
    traces_begin();
    traces_add_words("d", drawn->d, sizeof drawn->d);
    traces_add_words("TEK", drawn->tek, sizeof drawn->tek);
    traces_add_words("blinding", drawn->shared_blinding, 2 * sizeof drawn->shared_blinding);
    traces_add_words("key stream", stream, sizeof stream);
    traces_add_hmac_key("TIK", drawn->tik);
    add_long_hmac_key("Z", known->z);
    traces_add_hmac_key("master", known->master);
    traces_add_hmac_key("KIK", known->kik);
    traces_add_aes_key("KEK", known->kek);
    return 0;
}

static void a_session_leaves_nothing(void **state)
{
    (void)state;
    run_on_own_stack(make_session);
    assert_int_equal(result, SEVL_OK);
    assert_nothing_left();
    assert_true(is_zero(&session_memory, sizeof session_memory));
}

static void a_failure_while_making_a_session_leaves_nothing(void **state)
{
    (void)state;
    run_on_own_stack(make_session);
    int calls = crypto_calls();
    for (int n = 1; n <= calls; n++) {
        fail_crypto_call(n);
        run_on_own_stack(make_session);
        assert_int_equal(result, SEVL_ERROR_CRYPTO);
        assert_nothing_left();
        assert_true(is_zero(&session, sizeof session));
    }
}

#define SECRET_PRODUCT 19 /* its factor has no pattern */
static const struct known_product *const known_product = &p384_products[SECRET_PRODUCT];
static struct sevl_p384_key product;

/* Leaves a copy in its frame, as a compiler may where the arithmetic runs. */
void __real_sevl_limbs_write(const sevl_limb *number, size_t count, uint8_t *bytes);
void __wrap_sevl_limbs_write(const sevl_limb *number, size_t count, uint8_t *bytes);
void __wrap_sevl_limbs_write(const sevl_limb *number, size_t count, uint8_t *bytes)
{
    sevl_p384_number copy;
    assert_int_equal(count, SEVL_P384_LIMBS);
    memcpy(copy, number, sizeof copy);
    __asm__ volatile("" : : "r"(copy) : "memory");
    __real_sevl_limbs_write(number, count, bytes);
}

static void multiply_by_private_key(void)
{
    static struct sevl_p384_secret memory;
    static const uint8_t blinding[SEVL_P384_SIZE] = {0x5a, 0x17};
    struct sevl_p384_key point;
    memcpy(point.x, known_product->x, sizeof point.x);
    memcpy(point.y, known_product->y, sizeof point.y);
    result = sevl_p384_secret_multiply(&memory, known_product->factor, &point, blinding, &product);
}

static void look_at_private_key(void)
{
    result = sevl_p384_is_private_key(known_product->factor) ? SEVL_OK : SEVL_ERROR_STATE;
}

/* As bytes and as limbs. */
static void add_number(const char *name, const uint8_t bytes[SEVL_P384_SIZE])
{
    uint8_t reversed[SEVL_P384_SIZE];
    for (size_t i = 0; i < sizeof reversed; i++)
        reversed[i] = bytes[sizeof reversed - 1 - i];
    traces_add(name, bytes, sizeof reversed);
    traces_add(name, reversed, sizeof reversed);
}

/* d, d + n and d + 2n, as bytes and as limbs. */
static void add_scalars(const uint8_t d[SEVL_P384_SIZE])
{
    sevl_p384_number number;
    uint8_t bytes[SEVL_P384_SIZE];
    sevl_limbs_read(number, SEVL_P384_LIMBS, d);
    add_number("private key", d);
    for (int i = 0; i < 2; i++) {
        (void)sevl_limbs_add(number, number, sevl_p384_n, SEVL_P384_LIMBS);
        sevl_limbs_write(number, SEVL_P384_LIMBS, bytes);
        add_number("private key and the order", bytes);
    }
}

static void a_product_leaves_nothing(void **state)
{
    (void)state;
    add_scalars(known_product->factor);
    run_on_own_stack(look_at_private_key);
    assert_int_equal(result, SEVL_OK);
    assert_nothing_left();
    run_on_own_stack(multiply_by_private_key);
    assert_int_equal(result, SEVL_OK);
    assert_memory_equal(product.x, known_product->product_x, sizeof product.x);
    add_number("what is shared", known_product->product_x);
    add_number("what is shared", known_product->product_y);
    assert_nothing_left();
}

static void wipe_sets_exactly_its_bytes_to_zero(void **state)
{
    (void)state;
    uint8_t memory[40];
    memset(memory, 0xff, sizeof memory);
    sevl_wipe(memory + 4, 32);
    assert_true(is_zero(memory + 4, 32));
    assert_int_equal(memory[3] & memory[36], 0xff);
    sevl_wipe(NULL, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_leak_is_found, look_for_traces),
        cmocka_unit_test_setup(round_keys_are_found, look_for_traces),
        cmocka_unit_test_setup(a_match_leaves_nothing, look_for_traces),
        cmocka_unit_test_setup(a_mismatch_leaves_nothing, look_for_traces),
        cmocka_unit_test_setup(a_computation_leaves_nothing, look_for_traces),
        cmocka_unit_test_setup(a_failure_anywhere_leaves_nothing, look_for_traces),
        cmocka_unit_test_setup(a_cipher_leaves_nothing, look_for_traces),
        cmocka_unit_test_setup(a_sealed_secret_leaves_nothing, look_for_traces),
        cmocka_unit_test_setup(a_refused_secret_leaves_nothing, look_for_traces),
        cmocka_unit_test_setup(a_failure_while_sealing_leaves_nothing, look_for_traces),
        cmocka_unit_test_setup(a_session_leaves_nothing, look_for_traces_of_a_session),
        cmocka_unit_test_setup(a_failure_while_making_a_session_leaves_nothing,
                               look_for_traces_of_a_session),
        cmocka_unit_test_setup(a_product_leaves_nothing, look_for_traces),
        cmocka_unit_test(wipe_sets_exactly_its_bytes_to_zero),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
