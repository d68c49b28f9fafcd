/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Compares the small block function of SHA-512 with that of Mbed TLS on random states and blocks.
 */
#include "sha512.h"

#include <string.h>

#include "support.h"

/* Mbed TLS's context begins with a count of bytes and the state. */
struct context {
    uint64_t total[2];
    uint64_t state[8];
    uint64_t rest[17];
};

int sevl_sha512_process_c(void *context, const unsigned char data[128]);

static uint64_t random_state = 55766;

static void fill(void *memory, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        random_state = random_state * UINT64_C(6364136223846793005) + 1;
        ((uint8_t *)memory)[i] = (uint8_t)(random_state >> 56);
    }
}

static void both_give_the_same_states(void **state)
{
    (void)state;
    for (int i = 0; i < 10000; i++) {
        struct context theirs;
        uint8_t buffer[128 + 8];
        uint64_t ours[8];
        const uint8_t *block = buffer + i % 8; /* at every alignment */
        fill(&theirs, sizeof theirs);
        fill(buffer, sizeof buffer);
        memcpy(ours, theirs.state, sizeof ours);
        sevl_sha512_process_words(ours, block);
        assert_int_equal(sevl_sha512_process_c(&theirs, block), 0);
        assert_memory_equal(ours, theirs.state, sizeof ours);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(both_give_the_same_states)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
