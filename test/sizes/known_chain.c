/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "chain.h"
#include "expected.h"
#include "known.h"

/* A root that is pinned by its owner, and an intermediate that is not pinned. */
struct sevl_bytes known_input(void)
{
    static const struct sevl_snp_revocation revocation = {.allows_unpinned = true};
    static struct sevl_snp_fingerprint fingerprint;
    static const struct sevl_snp_pins pins = {&fingerprint, 1};
    memcpy(fingerprint.sha384, amd->fingerprint, sizeof fingerprint.sha384);
    chaining.root = amd->ark;
    chaining.intermediate = amd->ask;
    chaining.leaf = amd->vcek;
    chaining.pins = &pins;
    chaining.revocation = &revocation;
    chaining.expectations = known_expectations();
    return known_report();
}
