/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef SEVLAUNCH_VERIFIED_KEY_H
#define SEVLAUNCH_VERIFIED_KEY_H

#include <stdbool.h>

#include "sevlaunch/sev/chain.h"

/* Whether a key of a platform is of this kind, and was verified as such. */
static inline bool sevl_sev_is_verified(const struct sevl_sev_key *key,
                                        enum sevl_sev_certificate_kind kind)
{
    return key->verdict == SEVL_MATCH && key->kind == kind;
}

#endif
