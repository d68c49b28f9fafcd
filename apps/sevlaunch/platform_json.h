/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What a verdict in JSON tells of a platform, beside its checks. */
#ifndef SEVLAUNCH_PLATFORM_JSON_H
#define SEVLAUNCH_PLATFORM_JSON_H

#include "cli/json.h"
#include "cli/text.h"
#include "platform_chain.h"

/* Puts the members "platform" and "fingerprints": those of links after `last` are null. */
void platform_json_put(struct cli_json *json, const struct platform_chain *chain,
                       const struct platform_files *files, enum sevl_sev_certificate_kind last);

/* "0.22": the version of the API of the firmware that made a certificate. */
struct platform_api {
    char text[8];
};
struct platform_api platform_api_text(const struct sevl_sev_certificate *certificate);

/*
 * Whether firmware probably made an OCA: it writes the version of its API, where tools that make
 * one for an owner write none.
 */
bool platform_made_oca(const struct sevl_sev_certificate *oca);

/* The fingerprint of a link as hexadecimal digits. */
struct platform_fingerprint {
    char text[2 * SEVL_SHA384_SIZE + 1];
};
struct platform_fingerprint platform_fingerprint_text(const struct platform_chain *chain,
                                                      enum sevl_sev_certificate_kind kind);

#endif
