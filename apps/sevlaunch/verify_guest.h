/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The guest whose files its owner has: its launch digests are measurements that are expected. */
#ifndef SEVLAUNCH_VERIFY_GUEST_H
#define SEVLAUNCH_VERIFY_GUEST_H

#include "snp_guest.h"
#include "store.h"
#include "verify_request.h"

/* Zeroed memory is one that is not given. It holds pointers to itself. */
struct verify_guest {
    bool is_given;
    struct cli_arguments arguments; /* its options, as `snp-digest` has them */
    struct snp_guest chosen;
    struct snp_match match; /* for the report that was compared last */
};

/*
 * Reads the options of the guest, if there are any.
 * Returns CLI_GO_ON, or CLI_USAGE after an error line. No file is opened here.
 */
PORT_CHECK enum cli_code verify_guest_check(struct verify_guest *guest,
                                            const struct cli_console *console,
                                            const struct cli_arguments *arguments);

/*
 * Reads its files, if it is given: once for all reports. The buffer of the store is free again
 * between two calls of these functions.
 * Returns CLI_GO_ON, or an exit code after an error line.
 */
PORT_CHECK enum cli_code verify_guest_read(struct verify_guest *guest, struct store *store,
                                           const struct cli_console *console);

/*
 * Compares a report's measurement with each of its launch digests, and adds the one that is
 * equal, or another one of them, to the measurements that are expected, after those of options
 * and of --reference.
 * Returns CLI_GO_ON, equal or not, or an exit code after an error line.
 */
PORT_CHECK enum cli_code verify_guest_compare(struct verify_guest *guest,
                                              struct verify_request *request,
                                              const struct sevl_snp_report *report);

#endif
