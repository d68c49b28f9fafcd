/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* All launch digests that are asked for, one after another. */
#ifndef SEVLAUNCH_SEV_VALUES_H
#define SEVLAUNCH_SEV_VALUES_H

#include <sevlaunch/sev/launch_digest.h>

#include "reference_json.h"
#include "sev_request.h"

/* Takes a value; CLI_GO_ON to go on. */
typedef enum cli_code sev_take_value(void *context, const struct reference_value *value);

/* What the values of a guest have in common. */
struct sev_series {
    const struct sev_request *request;
    const struct cli_console *console;
    struct sevl_scratch scratch;
    struct sevl_sev_guest guest; /* what it says of `cpu` and `cpus` is not used */
};

/*
 * Computes the digests: of each signature, each SEV features, each FPU state and each number
 * of CPUs, in this order.
 * Returns CLI_GO_ON, what `take` returned, or an exit code after an error line.
 */
PORT_CHECK enum cli_code sev_series_compute(const struct sev_series *series, sev_take_value *take,
                                            void *context);

#endif
