/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What `sevlaunch snp-verify` is asked for: the options, checked. No file is opened here. */
#ifndef SEVLAUNCH_VERIFY_REQUEST_H
#define SEVLAUNCH_VERIFY_REQUEST_H

#include <sevlaunch/snp/appraisal.h>

#include "cli/console.h"
#include "verify_options.h"

struct verify_request {
    const struct cli_arguments *arguments;
    struct sevl_snp_fingerprint roots[CLI_REPEATED_MAX];
    struct sevl_snp_pins pins; /* the roots */
    bool allows_unpinned;
    bool has_time;
    uint64_t time; /* seconds since 1970, UTC */
    bool has_crl_age;
    uint64_t crl_age_max; /* in seconds, of a revocation list */
    /* Of --measurement, one of --reference and one of the guest's files. */
    uint8_t measurements[CLI_REPEATED_MAX + 2][SEVL_SNP_LAUNCH_DIGEST_SIZE];
    uint64_t reference_values; /* of --reference: the one that fits is among the measurements */
    uint64_t guest_values;     /* of the guest's files: so is one of these */
    struct sevl_snp_expectations expectations; /* its measurements are these */
};

/*
 * Reads the options into a request, which keeps the arguments, and holds pointers to itself.
 * Without --time, the time is the platform's, if it knows one.
 * Returns CLI_GO_ON, or CLI_USAGE after an error line.
 */
PORT_CHECK enum cli_code verify_request_read(struct verify_request *request,
                                             const struct cli_console *console,
                                             const struct cli_arguments *arguments);

/* Takes the platform's time anew, unless --time was given. */
void verify_request_update_time(struct verify_request *request);

/* Whether any option describes a guest: there are so many from --firmware on. */
#define VERIFY_GUEST_OPTIONS (VERIFY_OPTION_VMM - VERIFY_OPTION_FIRMWARE + 1)
bool verify_request_has_guest(const struct cli_arguments *arguments);

/* A word of --require, and the bits that it asks for. */
struct verify_requirement {
    const char *word;
    bool is_of_policy; /* else of the platform */
    struct sevl_snp_bits bits;
};

/* All of them, and one without a word. */
extern const struct verify_requirement verify_requirements[];

#endif
