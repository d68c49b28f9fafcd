/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Pages of CPUs that are given as files. */
#ifndef SEVLAUNCH_SEV_PAGES_H
#define SEVLAUNCH_SEV_PAGES_H

#include "guest/files.h"
#include "sev_request.h"

struct sev_pages {
    const uint8_t *cpu0; /* SEVL_VMSA_SIZE bytes; NULL: none are given */
    const uint8_t *cpu1; /* of the others; NULL: there are none, or no pages are given */
    size_t files;        /* that were read */
    struct guest_input inputs[2];
    uint8_t bytes[2 * SEVL_VMSA_SIZE];
};

/*
 * Reads them: a page of CPU 0 and one of the others, or where there are others, both in
 * one file, as virt-qemu-sev-validate --vmsa-out writes them. `pages` stays where it is.
 * Returns CLI_GO_ON, or an exit code after an error line.
 */
PORT_CHECK enum cli_code sev_pages_read(struct sev_pages *pages, const struct cli_console *console,
                                        const struct sev_request *request);

#endif
