/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Compares the two block functions on random states and blocks. Prints which of them this
 * CPU uses.
 */
#include "sha256.h"

#include <stdio.h>
#include <string.h>

#include "support.h"

/* Large enough for the context of any configuration of Mbed TLS. */
struct context {
    uint32_t words[27];
};

static uint64_t random_state = 55766;

static uint8_t next_byte(void)
{
    random_state = random_state * UINT64_C(6364136223846793005) + 1;
    return (uint8_t)(random_state >> 56);
}

static void fill(void *memory, size_t size)
{
    for (size_t i = 0; i < size; i++)
        ((uint8_t *)memory)[i] = next_byte();
}

static void both_give_the_same_states(void **state)
{
    (void)state;
    if (!sevl_sha256_has_extensions())
        skip();
    for (int i = 0; i < 100000; i++) {
        struct context ours;
        uint8_t buffer[64 + 16];
        const uint8_t *block = buffer + i % 16; /* at every alignment */
        fill(&ours, sizeof ours);
        fill(buffer, sizeof buffer);
        struct context theirs = ours;
        assert_int_equal(sevl_sha256_process_extensions((struct mbedtls_sha256_context *)&ours,
                                                        block),
                         0);
        assert_int_equal(sevl_sha256_process_c((struct mbedtls_sha256_context *)&theirs, block), 0);
        assert_memory_equal(&ours, &theirs, sizeof ours);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(both_give_the_same_states)};
    printf("SHA-256 by %s\n", sevl_sha256_has_extensions() ? "the CPU's instructions" : "C code");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
