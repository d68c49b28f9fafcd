/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The result as one JSON object on standard output; the man page lists its members. */
#ifndef SEVLAUNCH_VERDICT_JSON_H
#define SEVLAUNCH_VERDICT_JSON_H

#include "evidence.h"
#include "reference.h"

/* Returns false when some of it was lost. */
PORT_CHECK bool verdict_json_print(const struct reference *reference,
                                   const struct host_evidence *evidence, enum sevl_result verdict,
                                   const struct sevl_findings *findings);

#endif
