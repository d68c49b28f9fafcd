/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The one genuine report that the seeds have. */
#ifndef SEVLAUNCH_FUZZ_GENUINE_REPORT_H
#define SEVLAUNCH_FUZZ_GENUINE_REPORT_H

#include <openssl/sha.h>

#include "fuzz.h"
#include "snp_verify_trust.h"

/* Whether a report whose signed part has the hash that is trusted stands somewhere in it. */
static inline bool holds_genuine_report(const uint8_t *bytes, size_t size)
{
    uint8_t hash[48];
    for (size_t i = 0; i + 672 <= size; i++) {
        REQUIRE(SHA384(bytes + i, 672, hash) != NULL);
        if (memcmp(hash, trusted_report, sizeof hash) == 0)
            return true;
    }
    return false;
}

#endif
