/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A verdict on a launch digest as one JSON object; the man page says what its members mean. */
#ifndef SEVLAUNCH_SNP_VERDICT_JSON_H
#define SEVLAUNCH_SNP_VERDICT_JSON_H

#include "snp_verdict.h"

/*
 * `found` is the value that matches, or NULL; `findings` are those of a mismatch, or NULL where
 * nothing was looked for. Returns whether all of it was printed.
 */
PORT_CHECK bool snp_verdict_json(const struct snp_verdict *verdict, const struct snp_value *found,
                                 const struct sevl_snp_findings *findings);

#endif
