/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The guest that its owner chose: every file that is measured, read once and hashed. */
#ifndef SEVLAUNCH_REFERENCE_H
#define SEVLAUNCH_REFERENCE_H

#include <sevlaunch/guest/ovmf.h>
#include <sevlaunch/sev/diagnose.h>

#include "cli/input.h"
#include "request.h"
#include "warnings.h"

struct reference {
    struct sevl_reference_values values;
    struct sevl_ovmf_footer footer; /* all zero if the firmware has none, or is not known */
    enum sevl_result table;         /* of sevl_ovmf_footer_read(); SEVL_OK without firmware */
    struct warnings warnings;
    struct cli_buffer buffer; /* what is left of the memory: CPU pages may be kept in it */
};

/*
 * Reads all files but those of keys and secrets, and computes the launch digest that a
 * guest of this policy must have. Returns CLI_GO_ON, or the exit code after an error line.
 */
PORT_CHECK enum cli_code reference_read(struct reference *reference,
                                        const struct cli_console *console,
                                        const struct request *request, uint32_t policy,
                                        struct cli_buffer buffer);

struct sevl_scratch reference_scratch(const struct reference *reference);

#endif
