/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What `sevlaunch sev-report` is asked for: the options, checked. No file is opened here. */
#ifndef SEVLAUNCH_SEV_REPORT_REQUEST_H
#define SEVLAUNCH_SEV_REPORT_REQUEST_H

#include <sevlaunch/sev/measurement.h>

#include "platform_trust.h"
#include "sev_report_options.h"

struct sev_report_request {
    struct platform_trust trust;
    bool has_nonce;
    uint8_t nonce[SEVL_MNONCE_SIZE];
    bool has_launch_digest;
    uint8_t launch_digest[SEVL_LAUNCH_DIGEST_SIZE];
    bool has_policy;
    uint32_t policy;
};

/* Returns CLI_GO_ON, or CLI_USAGE after an error line. */
PORT_CHECK enum cli_code sev_report_request_read(struct sev_report_request *request,
                                                 const struct cli_console *console,
                                                 const struct cli_arguments *arguments);

#endif
