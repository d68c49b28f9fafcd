/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The firmware of an SEV-SNP guest: what its launch digest needs of it. */
#ifndef SEVLAUNCH_APPS_SNP_FIRMWARE_H
#define SEVLAUNCH_APPS_SNP_FIRMWARE_H

#include <sevlaunch/snp/firmware_variants.h>

#include "guest/files.h"

struct snp_firmware {
    struct guest_input input;
    struct sevl_ovmf_footer footer;
    struct sevl_sev_metadata metadata;           /* in `end` */
    uint8_t digest[SEVL_SNP_LAUNCH_DIGEST_SIZE]; /* after its pages */
    uint8_t end[SEVL_SEV_METADATA_TAIL_SIZE];
};

/* What is to be read. */
struct snp_firmware_file {
    const char *path;
    uint64_t size; /* the bytes that it must have; 0: what the platform says */
    struct sevl_snp_firmware_variants *variants; /* collected, unless NULL */
    bool is_told; /* its SHA-256 is: no value needs it, and it costs more than the value */
};

/* Reads a file. Returns CLI_GO_ON, or an exit code after an error line. */
PORT_CHECK enum cli_code snp_firmware_read(struct snp_firmware *firmware,
                                           const struct cli_console *console,
                                           const struct snp_firmware_file *file,
                                           struct cli_buffer buffer);

#endif
