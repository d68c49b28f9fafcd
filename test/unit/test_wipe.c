/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Calls run on a stack of the test's own, which is searched afterwards for what
 * they had in hand: the keys, TIK's two pads, the hash states that stand for them,
 * AES's round keys, the measurement that the owner computed, and a guest's secret.
 * Builds without optimisation fail: there the compiler keeps copies in the frames
 * of Mbed TLS's functions.
 */
#include <sevlaunch/secret.h>
#include <sevlaunch/wipe.h>
#include <string.h>
#include <ucontext.h>

#include "hmac.h"
#include "support.h"
#include "tables.h"
#include "vectors.h"

static const struct sevl_vector *const vector = &sevl_vectors[3];

static _Alignas(64) uint8_t stack[256 * 1024];
static ucontext_t here;
static ucontext_t there;
static enum sevl_result result;

static struct sevl_measurement reported;
static uint8_t measure[SEVL_MEASURE_SIZE];
static uint8_t message[SEVL_MESSAGE_SIZE];

static const uint8_t secret[56] = "a pass phrase of some length, so that it spans blocks";
static struct sevl_secret_table table;
static uint8_t buffer[512];
static uint8_t header[SEVL_SECRET_HEADER_SIZE];
static size_t sealed;
static enum sevl_result verdict;

static void run_on_own_stack(void (*call)(void))
{
    memset(stack, 0xa5, sizeof stack);
    assert_int_equal(getcontext(&there), 0);
    there.uc_stack.ss_sp = stack;
    there.uc_stack.ss_size = sizeof stack;
    there.uc_link = &here;
    makecontext(&there, call, 0);
    assert_int_equal(swapcontext(&here, &there), 0);
}

static bool holds(const uint8_t *memory, size_t memory_size, const void *bytes, size_t size)
{
    for (size_t i = 0; i + size <= memory_size; i++)
        if (memcmp(memory + i, bytes, size) == 0)
            return true;
    return false;
}

static bool is_on_stack(const void *bytes, size_t size)
{
    return holds(stack, sizeof stack, bytes, size);
}

/* Eight bytes in a row are no accident. */
static void assert_not_on_stack(const char *name, const void *bytes, size_t size)
{
    for (size_t i = 0; i + 8 <= size; i += 8)
        if (is_on_stack((const uint8_t *)bytes + i, 8))
            fail_msg("bytes %zu to %zu of the %s are on the stack", i, i + 7, name);
}

static void assert_pad_not_on_stack(uint8_t pad)
{
    uint8_t padded[SEVL_TIK_SIZE];
    for (size_t i = 0; i < sizeof padded; i++)
        padded[i] = vector->tik[i] ^ pad;
    assert_not_on_stack("padded key", padded, sizeof padded);
}

/* The words of a state that a hash of the key left; lengths and rests are no secret. */
static void assert_state_not_on_stack(void)
{
    struct sevl_sha256 sha256;
    size_t searched = 0;
    assert_int_equal(sevl_hmac_start(&sha256, vector->tik), SEVL_OK);
    for (size_t i = 0; i + 1 < sizeof sha256.opaque / sizeof *sha256.opaque; i++) {
        const uint32_t *words = &sha256.opaque[i];
        if (words[0] <= UINT16_MAX || words[1] <= UINT16_MAX)
            continue;
        assert_not_on_stack("state of the padded key", words, 8);
        searched++;
    }
    assert_in_range(searched, 7, 8);
}

static void assert_no_tik_left(void)
{
    assert_false(is_zero(stack, sizeof stack));
    fail_crypto_call(0);
    assert_not_on_stack("TIK", vector->tik, SEVL_TIK_SIZE);
    assert_pad_not_on_stack(0x36);
    assert_pad_not_on_stack(0x5c);
}

/* What HMAC hashes first; with the key's other pad it gives the measurement. */
static void assert_inner_hash_not_on_stack(void)
{
    struct sevl_sha256 sha256;
    uint8_t inner[SEVL_SHA256_SIZE];
    uint8_t text[SEVL_MESSAGE_SIZE];
    sevl_measure_message(&vector->launch, vector->launch_digest, vector->reported.mnonce, text);
    assert_int_equal(sevl_hmac_start(&sha256, vector->tik), SEVL_OK);
    assert_int_equal(sevl_sha256_update(&sha256, text, sizeof text), SEVL_OK);
    assert_int_equal(sevl_sha256_finish(&sha256, inner), SEVL_OK);
    assert_not_on_stack("inner hash", inner, sizeof inner);
}

static void assert_nothing_left(void)
{
    assert_no_tik_left();
    assert_state_not_on_stack();
    assert_inner_hash_not_on_stack();
}

static void verify(void)
{
    result = sevl_verify(vector->tik, &vector->launch, vector->launch_digest, &reported);
}

static void compute(void)
{
    result = sevl_measure(vector->tik, message, measure);
}

static void encrypt(void)
{
    memcpy(buffer, secret, sizeof secret);
    result = sevl_aes128_ctr(aes_key, vector->reported.mnonce, buffer, sizeof secret);
}

static void seal(void)
{
    result =
        sevl_secret_seal(&table, buffer, verdict, SEVL_SECRET_PADDING_LIBVIRT, aes_key, vector->tik,
                         vector->reported.measure, vector->reported.mnonce, header, &sealed);
}

/* What the search can find: a call that leaves a copy of the key. */
static void leak(void)
{
    uint8_t copy[1024]; /* so large that no later call writes over its start */
    memcpy(copy, vector->tik, SEVL_TIK_SIZE);
    __asm__ volatile("" : : "r"(copy) : "memory");
    result = SEVL_OK;
}

static void a_leak_is_found(void **state)
{
    (void)state;
    run_on_own_stack(leak);
    assert_int_equal(result, SEVL_OK);
    assert_true(is_on_stack(vector->tik, SEVL_TIK_SIZE));
}

static void a_match_leaves_nothing(void **state)
{
    (void)state;
    fail_crypto_call(0);
    reported = vector->reported;
    run_on_own_stack(verify);
    assert_int_equal(result, SEVL_MATCH);
    assert_nothing_left();
}

static void a_mismatch_leaves_nothing(void **state)
{
    (void)state;
    fail_crypto_call(0);
    reported = vector->reported;
    memset(reported.measure, 0x11, sizeof reported.measure);
    run_on_own_stack(verify);
    assert_int_equal(result, SEVL_MISMATCH);
    assert_nothing_left();
    assert_not_on_stack("computed MEASURE", vector->reported.measure, SEVL_MEASURE_SIZE);
}

static void a_computation_leaves_nothing(void **state)
{
    (void)state;
    fail_crypto_call(0);
    sevl_measure_message(&vector->launch, vector->launch_digest, vector->reported.mnonce, message);
    run_on_own_stack(compute);
    assert_int_equal(result, SEVL_OK);
    assert_memory_equal(measure, vector->reported.measure, sizeof measure);
    assert_nothing_left();
}

static void a_failure_anywhere_leaves_nothing(void **state)
{
    (void)state;
    reported = vector->reported;
    memset(reported.measure, 0x11, sizeof reported.measure);
    fail_crypto_call(0);
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
    assert_int_equal(sevl_secret_begin(&table, buffer, sizeof buffer), SEVL_OK);
    assert_int_equal(sevl_secret_add(&table, buffer,
                                     (const struct sevl_guid *)guids[LUKS_KEY].bytes, secret,
                                     sizeof secret),
                     SEVL_OK);
    assert_true(holds(buffer, sizeof buffer, secret, sizeof secret));
}

/* AES's key is the first of its round keys. */
static void assert_no_secret_left(void)
{
    assert_no_tik_left();
    assert_not_on_stack("round keys", aes_round_keys, sizeof aes_round_keys);
    assert_not_on_stack("secret", secret, sizeof secret);
    for (size_t i = 0; i + 8 <= sizeof secret; i++)
        assert_false(holds(buffer, sizeof buffer, secret + i, 8));
}

/* By itself: what it left, the authentication of the packet would write over. */
static void a_cipher_leaves_nothing(void **state)
{
    (void)state;
    fail_crypto_call(0);
    run_on_own_stack(encrypt);
    assert_int_equal(result, SEVL_OK);
    for (size_t i = 0; i < sizeof secret; i++)
        buffer[i] ^= secret[i];
    assert_not_on_stack("key stream", buffer, sizeof secret);
    assert_not_on_stack("round keys", aes_round_keys, sizeof aes_round_keys);
    assert_not_on_stack("secret", secret, sizeof secret);
}

static void a_sealed_secret_leaves_nothing(void **state)
{
    (void)state;
    fail_crypto_call(0);
    begin_secret();
    verdict = SEVL_MATCH;
    run_on_own_stack(seal);
    assert_int_equal(result, SEVL_OK);
    assert_no_secret_left();
    assert_state_not_on_stack();
}

static void a_refused_secret_leaves_nothing(void **state)
{
    (void)state;
    fail_crypto_call(0);
    begin_secret();
    verdict = SEVL_MISMATCH;
    run_on_own_stack(seal);
    assert_int_equal(result, SEVL_ERROR_STATE);
    assert_no_secret_left();
    assert_true(is_zero(buffer, sizeof buffer));
}

static void a_failure_while_sealing_leaves_nothing(void **state)
{
    (void)state;
    verdict = SEVL_MATCH;
    fail_crypto_call(0);
    begin_secret();
    run_on_own_stack(seal);
    assert_int_equal(result, SEVL_OK);
    int calls = crypto_calls();
    for (int n = 1; n <= calls; n++) {
        begin_secret();
        fail_crypto_call(n);
        run_on_own_stack(seal);
        assert_int_equal(result, SEVL_ERROR_CRYPTO);
        assert_no_secret_left();
        assert_state_not_on_stack();
        assert_true(is_zero(buffer, sizeof buffer));
    }
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
        cmocka_unit_test(a_leak_is_found),
        cmocka_unit_test(a_match_leaves_nothing),
        cmocka_unit_test(a_mismatch_leaves_nothing),
        cmocka_unit_test(a_computation_leaves_nothing),
        cmocka_unit_test(a_failure_anywhere_leaves_nothing),
        cmocka_unit_test(a_cipher_leaves_nothing),
        cmocka_unit_test(a_sealed_secret_leaves_nothing),
        cmocka_unit_test(a_refused_secret_leaves_nothing),
        cmocka_unit_test(a_failure_while_sealing_leaves_nothing),
        cmocka_unit_test(wipe_sets_exactly_its_bytes_to_zero),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
