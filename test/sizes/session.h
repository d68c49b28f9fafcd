/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef SEVLAUNCH_SIZES_SESSION_H
#define SEVLAUNCH_SIZES_SESSION_H

#include <sevlaunch/sev/session.h>

/* The contexts that it needs in addition to its stack, and where the rest is. */
extern struct making {
    const struct sevl_sev_key *pdh;
    uint32_t policy;
    struct sevl_sev_session session;
    struct sevl_sev_session_memory memory;
} making;

/* Makes a session with these random bytes. Returns SEVL_MATCH, or an error. */
enum sevl_result session(const void *bytes, size_t size);

#endif
