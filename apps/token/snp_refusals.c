/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "print_result.h"
#include "results.h"

const struct refusal refusals[] = {
    {SEVL_MISMATCH, "ERROR: the report is not one of a guest that this token expects\n"},
    {TOKEN_UNPROVISIONED, "ERROR: this token was not provisioned with reference values\n"},
    {TOKEN_DAMAGED, "ERROR: the reference values of this token are damaged\n"},
    {TOKEN_NO_REQUEST, "ERROR: the mailbox holds no request\n"},
    {TOKEN_OUT_OF_RANGE, "ERROR: a certificate does not have 1 to 2048 bytes\n"},
    {TOKEN_UNREADABLE, "ERROR: the report or a certificate is not in AMD's form\n"},
    {TOKEN_BROKEN, "ERROR: this token computes wrong\n"},
};
