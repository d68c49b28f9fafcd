/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "platform.h"
#include "port.h"

static const EFI_GUID rng_guid = EFI_RNG_PROTOCOL_GUID;

/*
 * By name, since the default algorithm of firmware without a random source can be a clock.
 * That has another name.
 */
static const EFI_GUID algorithms[] = {EFI_RNG_ALGORITHM_SP800_90_CTR_256_GUID,
                                      EFI_RNG_ALGORITHM_ARM_RNDR, EFI_RNG_ALGORITHM_RAW};

bool port_random(void *bytes, size_t size)
{
    EFI_RNG_PROTOCOL *rng = platform_locate(&rng_guid);
    if (rng == NULL)
        return false;
    for (size_t i = 0; i < sizeof algorithms / sizeof *algorithms; i++)
        if (rng->GetRNG(rng, &algorithms[i], size, bytes) == EFI_SUCCESS)
            return true;
    return false;
}
