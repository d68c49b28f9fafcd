/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Does the block function of SHA-512 compute what Mbed TLS's does, and keep its caller's
 * registers? Prints what it does not do.
 */
#include "sha512.h"

#include <stdbool.h>
#include <string.h>

#include "assembly.h"
#include "context.h"
#include "hook.h"

#define BLOCKS 1000

static bool gives_the_state(const uint8_t *block, mbedtls_sha512_context *theirs)
{
    uint64_t ours[8];
    memcpy(ours, context_state(theirs), sizeof ours);
    sevl_sha512_process_words(ours, block);
    return sevl_sha512_process_c(theirs, block) == 0 &&
           memcmp(ours, context_state(theirs), sizeof ours) == 0;
}

static bool gives_the_same_states(void)
{
    static mbedtls_sha512_context theirs;
    static uint8_t buffer[128 + 7];
    for (size_t i = 0; i < BLOCKS; i++) {
        fill_randomly(&theirs, sizeof theirs);
        fill_randomly(buffer, sizeof buffer);
        if (!gives_the_state(buffer + i % 8, &theirs)) /* at every alignment */
            return false;
    }
    memset(&theirs, 0xff, sizeof theirs);
    memset(buffer, 0xff, sizeof buffer);
    return gives_the_state(buffer, &theirs);
}

static bool keeps_registers(void)
{
    static uint64_t state[8];
    static const uint8_t block[128];
    return KEEPS_REGISTERS(sevl_sha512_process_words, state, block, block);
}

int app_main(int argc, const char *const argv[])
{
    (void)argc;
    (void)argv;
    if (!gives_the_same_states())
        return REFUSE("other states than Mbed TLS's");
    if (!keeps_registers())
        return REFUSE("a register of its caller changed");
    return 0;
}
