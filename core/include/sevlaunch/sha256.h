/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef SEVLAUNCH_SHA256_H
#define SEVLAUNCH_SHA256_H

#include <stdint.h>

#define SEVL_SHA256_SIZE 32

/*
 * Room for Mbed TLS's SHA-256 context in any of its configurations. Only the
 * library looks inside.
 */
struct sevl_sha256 {
    uint32_t opaque[27];
};

#endif
