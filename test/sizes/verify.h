/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef SEVLAUNCH_VERIFY_H
#define SEVLAUNCH_VERIFY_H

#include <sevlaunch/sev/measurement.h>
#include <sevlaunch/sha256.h>

/* The contexts that a verification needs in addition to its stack. */
extern struct verification {
    struct sevl_sha256 digest;
    uint8_t launch_digest[SEVL_SHA256_SIZE];
    uint8_t tik[SEVL_TIK_SIZE];
    struct sevl_launch launch;
    struct sevl_measurement reported;
} verification;

enum sevl_result verify(const void *firmware, size_t size);

#endif
