/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Makes a session and wipes it, as an application of a platform where an image is in memory, so
 * that nothing secret may be in it: all that is drawn is computed. Ends with 0.
 */
#include <sevlaunch/sev/session.h>
#include <sevlaunch/wipe.h>
#include <string.h>

#include "port.h"
#include "session_table.h"

/* As test_session_efi.py has it, too. */
static bool draw_computed(void *context, uint8_t *bytes, size_t size)
{
    uint32_t *state = context;
    for (size_t i = 0; i < size; i++) {
        *state = *state * 1664525 + 1013904223;
        bytes[i] = (uint8_t)(*state >> 24);
    }
    return true;
}

static enum sevl_result make_and_wipe(void)
{
    static struct sevl_sev_session session;
    static struct sevl_sev_session_memory memory;
    struct sevl_sev_key pdh = {.verdict = SEVL_MATCH, .kind = SEVL_SEV_PDH};
    uint32_t state = 1;
    const struct sevl_random random = {draw_computed, &state};
    memcpy(pdh.key, known_sessions[0].pdh, sizeof pdh.key);
    enum sevl_result result = sevl_sev_session_make(&session, &pdh, 5, &random, &memory);
    (void)!port_print(PORT_OUT, "made\n", 5); /* where the test looks for TEK and TIK */
    sevl_wipe(&session, sizeof session);
    state = 0;
    return result;
}

int app_main(int argc, const char *const argv[])
{
    (void)argc;
    (void)argv;
    return make_and_wipe() == SEVL_OK ? 0 : 1;
}
