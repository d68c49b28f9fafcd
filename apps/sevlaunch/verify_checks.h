/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Every check of a verdict, in the order in which it is told: what it is called, how it ended,
 * what it protects against, and what was compared.
 */
#ifndef SEVLAUNCH_VERIFY_CHECKS_H
#define SEVLAUNCH_VERIFY_CHECKS_H

#include "key_search.h"
#include "report_file.h"
#include "verify_diagnosis.h"

/* Whether the report is genuine. After them come those of enum sevl_snp_check. */
enum genuine_check {
    CHECK_ROOT,
    CHECK_INTERMEDIATE,
    CHECK_REVOCATION,
    CHECK_CRL_AGE,
    CHECK_CERTIFICATE,
    CHECK_SIGNER,
    CHECK_PRODUCT,
    CHECK_CERTIFICATE_TCB,
    CHECK_CERTIFICATE_CHIP,
    CHECK_SIGNATURE,
    CHECK_CLAIMS,
    GENUINE_CHECKS
};
#define VERIFY_CHECKS (GENUINE_CHECKS + SEVL_SNP_CHECKS)

/* What a verdict rests on. */
struct verify_evidence {
    const struct verify_request *request;
    const struct report_file *file;
    const struct key_search *search;
    const struct sevl_snp_appraisal *appraisal;
    enum sevl_result claims; /* SEVL_MATCH, SEVL_MISMATCH, or SEVL_ERROR_STATE: there are none */
    const struct verify_diagnosis *diagnosis; /* NULL in a batch, which makes none */
};

enum sevl_snp_check_state verify_check_state(const struct verify_evidence *evidence,
                                             unsigned check);

/* "measurement" for example, and what is possible where it is not made. */
const char *verify_check_name(unsigned check);
const char *verify_check_protects(unsigned check);

/* What a check compared. A text is empty where there is nothing to show. */
#define VERIFY_TEXT_SIZE 320
struct verify_values {
    char expected[VERIFY_TEXT_SIZE];
    char actual[VERIFY_TEXT_SIZE];
};
void verify_check_values(const struct verify_evidence *evidence, unsigned check,
                         struct verify_values *values);

/*
 * With a search that lacks a certificate: what it is, as texts to be joined, which a NULL follows.
 */
#define VERIFY_MISSING_PARTS 6
void verify_missing(const struct key_search *search, const char *parts[VERIFY_MISSING_PARTS]);

/* "Milan", "VCEK" and so on. */
const char *verify_product_name(enum sevl_snp_product product);
const char *verify_kind_name(enum sevl_snp_certificate_kind kind);

#endif
