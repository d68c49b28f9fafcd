/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The guest that its owner chose: its files, read once each, and what its values start from. */
#ifndef SEVLAUNCH_SNP_GUEST_H
#define SEVLAUNCH_SNP_GUEST_H

#include <sevlaunch/snp/diagnose.h>

#include "snp_firmware.h"
#include "snp_values.h"

struct snp_guest {
    struct snp_request request; /* the caller reads it first */
    struct snp_firmware firmware;
    struct sevl_snp_firmware_variants variants; /* collected where a diagnosis may come */
    struct guest_kernel kernel;
    struct sevl_snp_guest measured;
    struct snp_series series; /* its scratch is the buffer: it is free once no file is read */
};

/*
 * Reads the files of the guest that `request` describes, and computes what comes before its
 * CPUs. `collects`: other images of its firmware are to be tried by a diagnosis.
 * Returns CLI_GO_ON, or an exit code after an error line.
 */
PORT_CHECK enum cli_code snp_guest_read(struct snp_guest *guest, const struct cli_console *console,
                                        bool collects, struct cli_buffer buffer);

/* What a diagnosis takes for the guest: the first of all values that were asked for. */
struct sevl_snp_reference_values snp_guest_reference(const struct snp_guest *guest);

#endif
