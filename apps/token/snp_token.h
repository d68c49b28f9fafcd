/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The mailbox of a token for SEV-SNP: a request, which the user writes before the token
 * starts, and the answer, which the token writes. All numbers are little-endian.
 */
#ifndef SEVLAUNCH_SNP_TOKEN_H
#define SEVLAUNCH_SNP_TOKEN_H

#include <stddef.h>

#include <sevlaunch/snp/appraisal.h>

#include "results.h"

#define TOKEN_SNP_MAGIC UINT32_C(0x6d8a4f23)

/* Whether the report has to hold the request's report data: only then is it a new one. */
#define TOKEN_CHALLENGE UINT32_C(0x7c3633d9)
#define TOKEN_NO_CHALLENGE UINT32_C(0x63d89d54)

#define TOKEN_CERTIFICATE_MAX 2048u

enum token_snp_certificate { TOKEN_LEAF, TOKEN_INTERMEDIATE, TOKEN_ROOT, TOKEN_CERTIFICATES };

/* What a request is, without what is examined. */
struct token_snp_request {
    uint32_t magic;
    uint32_t challenge;
    uint32_t sizes[TOKEN_CERTIFICATES]; /* of the certificates; not read if the key is known */
    uint8_t unused[20];
    uint8_t report_data[64];
};

/*
 * Why a report is no match: one part of it, or of a certificate, and its reason. 0 if they are
 * genuine. Not a verdict: the result alone is.
 */
enum token_snp_part {
    TOKEN_PART_REPORT = 0x10, /* the reason is of enum sevl_snp_report_fault, or TOKEN_FORM */
    TOKEN_PART_LEAF = 0x20,
    TOKEN_PART_INTERMEDIATE = 0x30,
    TOKEN_PART_ROOT = 0x40
};
enum token_snp_reason {
    TOKEN_SIGNATURE = 1, /* the certificate above did not sign it */
    TOKEN_KIND,          /* it is of another kind, or of another product than the one above */
    TOKEN_UNTRUSTED,     /* nobody vouches for its key */
    TOKEN_REVOKED,       /* AMD revoked its key */
    TOKEN_FORM = 15      /* it is not in the form that AMD gives it */
};

/* What is told beside the result. No word of it has a bit above the 24th, as SEVL_MATCH has. */
struct token_snp_findings {
    uint32_t fault;    /* a value of enum token_snp_part and its reason, added */
    uint32_t failed;   /* bits of the checks that failed; those of enum sevl_snp_check */
    uint32_t not_made; /* bits of the checks that were not made; with a report that is genuine */
};

struct token_snp_mailbox {
    struct token_snp_request request;
    uint32_t result;
    struct token_snp_findings findings;
    uint32_t unused[2];
    uint8_t report[SEVL_SNP_REPORT_SIZE];
    uint8_t gap[0x800 - 0x80 - SEVL_SNP_REPORT_SIZE];
    uint8_t certificates[TOKEN_CERTIFICATES][TOKEN_CERTIFICATE_MAX]; /* DER */
};

_Static_assert(offsetof(struct token_snp_mailbox, request.report_data) == 0x28 &&
                   offsetof(struct token_snp_mailbox, result) == 0x68 &&
                   offsetof(struct token_snp_mailbox, findings) == 0x6c &&
                   offsetof(struct token_snp_mailbox, report) == 0x80 &&
                   offsetof(struct token_snp_mailbox, certificates) == 0x800 &&
                   sizeof(struct token_snp_mailbox) == 0x2000,
               "the mailbox is laid out as README.md says");
_Static_assert(SEVL_SNP_CHECKS <= 24 && SEVL_MATCH >> 24 != 0, "findings are not SEVL_MATCH");

#endif
