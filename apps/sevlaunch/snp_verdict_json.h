/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A verdict on a launch digest as one JSON object; the man page says what its members mean. */
#ifndef SEVLAUNCH_SNP_VERDICT_JSON_H
#define SEVLAUNCH_SNP_VERDICT_JSON_H

#include "snp_diagnosis.h"
#include "snp_json.h"
#include "snp_verdict.h"

/*
 * `found` is the value that matches, or NULL; `diagnosis` is that of a mismatch, or NULL.
 * Returns whether all of it was printed.
 */
PORT_CHECK bool snp_verdict_json(const struct snp_verdict *verdict, const struct snp_value *found,
                                 const struct snp_diagnosis *diagnosis);

/* Members of other documents, too: the value that matches, or NULL, after which another member
 * comes; and the last member, the hints, which are NULL where nothing was looked for. */
void snp_verdict_json_put_value(struct cli_json *json, const struct snp_value *found);
void snp_verdict_json_put_hints(struct cli_json *json, const struct sevl_snp_findings *findings);

#endif
