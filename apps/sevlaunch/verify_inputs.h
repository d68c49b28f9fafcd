/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What `sevlaunch snp-verify` reads once, whatever the number of reports. */
#ifndef SEVLAUNCH_VERIFY_INPUTS_H
#define SEVLAUNCH_VERIFY_INPUTS_H

#include "collateral.h"
#include "verify_request.h"

struct verify_inputs {
    struct cli_console console;
    struct cli_arguments arguments;
    struct verify_request request; /* of these arguments */
    struct store store;            /* which was begun */
    struct collateral collateral;
};

/* Each returns CLI_GO_ON, or an exit code after an error line. */

/* The policy file, and the options, to which it adds. */
PORT_CHECK enum cli_code verify_inputs_read_request(struct verify_inputs *inputs);

/* Certificates and revocation lists. */
PORT_CHECK enum cli_code verify_inputs_read_collateral(struct verify_inputs *inputs);

#endif
