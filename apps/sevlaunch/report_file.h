/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A file that holds a report: its bytes, or one of the forms that people keep it in. */
#ifndef SEVLAUNCH_REPORT_FILE_H
#define SEVLAUNCH_REPORT_FILE_H

#include <sevlaunch/snp/report.h>

#include "store.h"

/* What else an HCL report of Azure holds: claims, whose hash is to be REPORT_DATA. */
struct report_claims {
    const uint8_t *text; /* in the store; NULL: there are none */
    size_t size;
    uint32_t hash; /* 1 SHA-256, 2 SHA-384 */
};

struct report_file {
    struct sevl_snp_report report; /* of bytes in the store */
    struct report_claims claims;
};

enum report_wrapper { REPORT_ALONE, REPORT_IN_ANSWER, REPORT_IN_HCL };

/* Where the parts are in bytes that were decoded. */
struct report_found {
    const uint8_t *report; /* NULL: there is none */
    enum report_wrapper wrapper;
    struct report_claims claims;
};
struct report_found report_find(const uint8_t *bytes, size_t size);

enum report_problem {
    REPORT_TAKEN,
    REPORT_FORM,    /* there is none in any form that is known */
    REPORT_VERSION, /* it is of an unknown version, or has bytes that are not 0 where they must be
                     */
    REPORT_ROOM     /* the store is full */
};

/*
 * Takes a report from bytes, which are changed: 1184 bytes, as the configfs of Linux gives them;
 * the answer of /dev/sev-guest, which begins with a head of 32 bytes; or what Azure's vTPM keeps,
 * an HCL report; each of them as it is, in hexadecimal or in base64.
 */
PORT_CHECK enum report_problem report_file_take(struct report_file *file, struct store *store,
                                                uint8_t *bytes, size_t size);

/*
 * Reads such a file. Returns CLI_GO_ON, or an exit code after an error line that begins with the
 * name of the option.
 */
PORT_CHECK enum cli_code report_file_read(struct report_file *file, struct store *store,
                                          const struct cli_console *console, const char *option,
                                          const char *path);

/* The name of the hash. */
const char *report_claims_hash_name(const struct report_claims *claims);

/*
 * Whether REPORT_DATA is the hash of the claims, then zeros.
 * Returns SEVL_MATCH, SEVL_MISMATCH, or SEVL_ERROR_CRYPTO if Mbed TLS failed.
 */
SEVL_CHECK enum sevl_result report_claims_verify(const struct report_claims *claims,
                                                 const struct sevl_snp_report *report);

#endif
