/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "known_platform.h"

#include "known.h"
#include "platform.h"

/* A platform as those of Naples, whose hashes go deepest; its root is pinned by its owner. */
struct sevl_bytes known_input(void)
{
    static struct sevl_sev_pins pins;
    const struct known_platform *known = &platforms[1];
    const uint8_t *const certificates[] = {known->ark.bytes, known->ask.bytes, known->cek.bytes,
                                           known->oca.bytes, known->pek.bytes};
    pins = (struct sevl_sev_pins){&known->ark_pin, 1};
    for (size_t i = 0; i < sizeof certificates / sizeof *certificates; i++)
        platform_keys.certificates[i] = certificates[i];
    platform_keys.ca_size = known->ark.size;
    platform_keys.pins = &pins;
    return (struct sevl_bytes){known->pdh.bytes, known->pdh.size};
}
