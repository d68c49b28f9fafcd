/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What a token writes to its mailbox as its result. */
#ifndef SEVLAUNCH_TOKEN_RESULTS_H
#define SEVLAUNCH_TOKEN_RESULTS_H

#include <sevlaunch/result.h>

/*
 * The result is SEVL_MATCH, SEVL_MISMATCH or one of these. As in result.h, any two
 * of all these differ in 12 bits or more, and none has all the bits of SEVL_MATCH.
 */
enum token_result {
    /* The token is working. */
    TOKEN_BUSY = 0x5351d228,
    /* The token computes wrongly, or stopped at a fault. */
    TOKEN_BROKEN = 0x2ecee4fc,
    /* A key is all zeros or all ones; of SEV-SNP: there are no reference values. */
    TOKEN_UNPROVISIONED = 0x3586aa4d,
    /* SEV-SNP: the reference values are damaged, or are not such as provision.py writes. */
    TOKEN_DAMAGED = 0x2c2b6195,
    /* The mailbox has no magic, or an unknown source or challenge. */
    TOKEN_NO_REQUEST = 0x3656a513,
    /* The firmware, or a certificate, is empty or outside the region for it. */
    TOKEN_OUT_OF_RANGE = 0x7946082e,
    /* SEV-SNP: the report, or a certificate, is not in the form that AMD gives it. */
    TOKEN_UNREADABLE = 0x1f89bdb8
};

#endif
