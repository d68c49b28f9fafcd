/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef SEVLAUNCH_PLATFORM_PROGRAM_H
#define SEVLAUNCH_PLATFORM_PROGRAM_H

#include <sevlaunch/sev/chain.h>

/*
 * The contexts that it needs in addition to its stack, and where its certificates are: ARK, ASK,
 * CEK, OCA and PEK, beside the PDH. The ARK is done when the ASK is verified.
 */
extern struct platform_keys {
    const uint8_t *certificates[5];
    size_t ca_size; /* of ARK and of ASK */
    const struct sevl_sev_pins *pins;
    struct sevl_sev_chain_memory memory;
    struct sevl_sev_authority ask;
    union {
        struct sevl_sev_authority ark;
        struct {
            struct sevl_sev_key cek, oca, pek, pdh;
        } keys;
    } u;
} platform_keys;

enum sevl_result platform(const void *bytes, size_t size);

#endif
