/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The firmware of an SEV or SEV-ES guest: what its launch digest needs of it. */
#ifndef SEVLAUNCH_SEV_FIRMWARE_H
#define SEVLAUNCH_SEV_FIRMWARE_H

#include <sevlaunch/guest/ovmf.h>

#include "guest/files.h"

struct sev_firmware {
    struct guest_input input;
    struct sevl_sha256 stream;      /* of all of it, not finished */
    bool has_table;                 /* OVMF's, at its end */
    struct sevl_ovmf_footer footer; /* zero where there is none */
};

/* Reads a file. Returns CLI_GO_ON, or an exit code after an error line. */
PORT_CHECK enum cli_code sev_firmware_read(struct sev_firmware *firmware,
                                           const struct cli_console *console, const char *path,
                                           struct cli_buffer buffer);

#endif
