/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The smallest program that makes a session. The caller has the PDH, which was verified, and
 * random bytes.
 */
#include "session.h"

#include <string.h>

struct making making;

struct given {
    const uint8_t *bytes;
    size_t size;
};

static bool draw_given(void *context, uint8_t *bytes, size_t size)
{
    const struct given *given = context;
    if (size != given->size)
        return false;
    memcpy(bytes, given->bytes, size);
    return true;
}

enum sevl_result session(const void *bytes, size_t size)
{
    struct given given = {bytes, size};
    const struct sevl_random random = {draw_given, &given};
    enum sevl_result result =
        sevl_sev_session_make(&making.session, making.pdh, making.policy, &random, &making.memory);
    return result == SEVL_OK ? SEVL_MATCH : result;
}
