/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Compares each block function of SHA-512 for x86-64 with Mbed TLS's on random states and
 * blocks, where this CPU has its instructions; and tests which are chosen. Prints those of this
 * CPU if all is right.
 */
#include <stdio.h>
#include <string.h>

#include "blocks.h"
#include "choice.h"
#include "context.h"
#include "hook.h"
#include "support.h"

#define BLOCKS 5
#define LANES SEVL_SHA512_LANES
#define SIZE ((size_t)BLOCKS * SEVL_SHA512_BLOCK)

/* lanes.c once more, compiled for any CPU. */
void process_lanes_anywhere(uint64_t state[8][LANES], const uint8_t *const messages[LANES],
                            size_t blocks);

static uint64_t random_state = 55766;

static void fill(void *memory, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        random_state = random_state * UINT64_C(6364136223846793005) + 1;
        ((uint8_t *)memory)[i] = (uint8_t)(random_state >> 56);
    }
}

static bool chosen(unsigned what)
{
    return (sevl_sha512_choice() & what) != 0;
}

/* Of any number of blocks, none among them. */
static void take_as_mbedtls(uint64_t state[8], const uint8_t *data, size_t blocks)
{
    mbedtls_sha512_context context = {0};
    memcpy(context_state(&context), state, 8 * sizeof *state);
    for (size_t i = 0; i < blocks; i++)
        assert_int_equal(sevl_sha512_process_c(&context, data + i * SEVL_SHA512_BLOCK), 0);
    memcpy(state, context_state(&context), 8 * sizeof *state);
}

static void assert_as_mbedtls(void (*process)(uint64_t *, const uint8_t *, size_t))
{
    for (size_t i = 0; i < 6000; i++) {
        uint64_t ours[8];
        uint64_t theirs[8];
        uint8_t buffer[SIZE + 16];
        const uint8_t *data = buffer + i % 16; /* at every alignment */
        fill(ours, sizeof ours);
        fill(buffer, sizeof buffer);
        memcpy(theirs, ours, sizeof theirs);
        process(ours, data, i % (BLOCKS + 1));
        take_as_mbedtls(theirs, data, i % (BLOCKS + 1));
        assert_memory_equal(ours, theirs, sizeof ours);
    }
}

static void plain_c_gives_the_same_states(void **state)
{
    (void)state;
    assert_as_mbedtls(sevl_sha512_process_plain);
}

static void bmi2_gives_the_same_states(void **state)
{
    (void)state;
    if (!chosen(SEVL_SHA512_BY_BMI2))
        skip();
    assert_as_mbedtls(sevl_sha512_process_bmi2);
}

static void the_chosen_one_gives_the_same_states(void **state)
{
    (void)state;
    assert_as_mbedtls(sevl_sha512_process_blocks);
}

static void assert_lanes_as_mbedtls(void (*process)(uint64_t (*)[LANES], const uint8_t *const *,
                                                    size_t))
{
    for (size_t i = 0; i < 600; i++) {
        uint64_t ours[8][LANES];
        uint64_t before[8][LANES];
        uint8_t buffer[LANES][SIZE + 64];
        const uint8_t *messages[LANES];
        fill(ours, sizeof ours);
        fill(buffer, sizeof buffer);
        memcpy(before, ours, sizeof before);
        for (size_t lane = 0; lane < LANES; lane++)
            messages[lane] = buffer[lane * (i % 7) % LANES] + (i + lane) % 64; /* some repeat */
        process(ours, messages, i % (BLOCKS + 1));
        for (size_t lane = 0; lane < LANES; lane++) {
            uint64_t theirs[8];
            for (size_t word = 0; word < 8; word++)
                theirs[word] = before[word][lane];
            take_as_mbedtls(theirs, messages[lane], i % (BLOCKS + 1));
            for (size_t word = 0; word < 8; word++)
                assert_true(ours[word][lane] == theirs[word]);
        }
    }
}

static void lanes_give_the_same_states(void **state)
{
    (void)state;
    if (!chosen(SEVL_SHA512_BY_AVX512))
        skip();
    assert_lanes_as_mbedtls(sevl_sha512_process_lanes);
}

static void lanes_give_the_same_states_on_any_cpu(void **state)
{
    (void)state;
    assert_lanes_as_mbedtls(process_lanes_anywhere);
}

/* Sizes over the edges of blocks, after a start at each place of one, at counts that overflow. */
static void an_update_is_that_of_mbedtls(void **state)
{
    (void)state;
    for (size_t size = 0; size <= 3 * SEVL_SHA512_BLOCK + 1; size++)
        for (uint64_t start = 0; start < 2 * SEVL_SHA512_BLOCK; start += size % 7 + 1) {
            mbedtls_sha512_context ours;
            uint8_t data[3 * SEVL_SHA512_BLOCK + 1];
            fill(&ours, sizeof ours);
            fill(data, sizeof data);
            context_total(&ours)[0] = UINT64_MAX - 2 * SEVL_SHA512_BLOCK + 1 + start;
            mbedtls_sha512_context theirs = ours;
            assert_int_equal(mbedtls_sha512_update(&ours, data, size), 0);
            assert_int_equal(sevl_sha512_update_rest(&theirs, data, size), 0);
            assert_memory_equal(&ours, &theirs, sizeof ours);
        }
}

/* The bits that decide, by the numbers of Intel's manual. */
static const unsigned ecx_bits[] = {9, 27, 28};        /* SSSE3, OSXSAVE, AVX */
static const unsigned ebx_bits[] = {5, 8, 16, 30, 31}; /* AVX2, BMI2, AVX512F, BW, VL */
static const unsigned xcr0_bits[] = {1, 2, 5, 6, 7};
#define ECX_BITS (sizeof ecx_bits / sizeof *ecx_bits)
#define EBX_BITS (sizeof ebx_bits / sizeof *ebx_bits)
#define XCR0_BITS (sizeof xcr0_bits / sizeof *xcr0_bits)
#define ALL_BITS (ECX_BITS + EBX_BITS + XCR0_BITS)

/* `word` with those bits as the lowest of `set` say. */
static uint32_t with_bits(uint32_t word, const unsigned *bits, size_t count, unsigned set)
{
    for (size_t i = 0; i < count; i++) {
        word &= ~(UINT32_C(1) << bits[i]);
        word |= (uint32_t)(set >> i & 1) << bits[i];
    }
    return word;
}

/* Every combination of the bits that decide; all others set, and none of them. */
static void a_path_needs_each_of_its_features(void **state)
{
    (void)state;
    for (unsigned set = 0; set < 2u << ALL_BITS; set++) {
        uint32_t others = (set >> ALL_BITS) != 0 ? UINT32_MAX : 0;
        unsigned ebx = set >> ECX_BITS;
        struct sevl_x86_features features = {
            .leaf_1_ecx = with_bits(others, ecx_bits, ECX_BITS, set),
            .leaf_7_ebx = with_bits(others, ebx_bits, EBX_BITS, ebx),
            .xcr0 = with_bits(others, xcr0_bits, XCR0_BITS, ebx >> EBX_BITS)};
        unsigned expected = SEVL_SHA512_BY_C;
        if ((set & 1) != 0 && (ebx & 2) != 0)
            expected |= SEVL_SHA512_BY_BMI2;
        if ((set & 6) == 6 && (ebx & 0x1d) == 0x1d && (ebx >> EBX_BITS & 0x1f) == 0x1f)
            expected |= SEVL_SHA512_BY_AVX512;
        assert_int_equal(sevl_sha512_choose(features), expected);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_c_gives_the_same_states),
        cmocka_unit_test(bmi2_gives_the_same_states),
        cmocka_unit_test(the_chosen_one_gives_the_same_states),
        cmocka_unit_test(lanes_give_the_same_states),
        cmocka_unit_test(lanes_give_the_same_states_on_any_cpu),
        cmocka_unit_test(an_update_is_that_of_mbedtls),
        cmocka_unit_test(a_path_needs_each_of_its_features),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    if (failed == 0)
        printf("SHA-512 by %s, %s\n", chosen(SEVL_SHA512_BY_BMI2) ? "BMI2" : "plain C",
               chosen(SEVL_SHA512_BY_AVX512) ? "eight lanes" : "one lane");
    return failed;
}
