/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "print_result.h"
#include "results.h"

const struct refusal refusals[] = {
    {SEVL_MISMATCH, "ERROR: Measurement does not match, VM is not trustworthy\n"},
    {TOKEN_UNPROVISIONED, "ERROR: this token was not provisioned with keys\n"},
    {TOKEN_NO_REQUEST, "ERROR: the mailbox holds no request\n"},
    {TOKEN_OUT_OF_RANGE, "ERROR: the firmware is not where this token allows it\n"},
    {TOKEN_BROKEN, "ERROR: this token computes wrong\n"},
};
