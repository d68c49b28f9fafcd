/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef SEVLAUNCH_CHAIN_H
#define SEVLAUNCH_CHAIN_H

#include <sevlaunch/snp/appraisal.h>

/*
 * The contexts that it needs in addition to its stack, and where the rest is. What verifies
 * certificates is done when what verifies a report begins.
 */
extern struct chaining {
    struct sevl_bytes root, intermediate, leaf;
    const struct sevl_snp_pins *pins;
    const struct sevl_snp_revocation *revocation;
    const struct sevl_snp_expectations *expectations;
    struct sevl_snp_key key;
    union {
        struct {
            struct sevl_snp_certificate certificate;
            struct sevl_snp_authority authorities[2];
            struct sevl_snp_chain_memory memory;
        } chain;
        struct {
            struct sevl_snp_report report;
            struct sevl_snp_appraisal appraisal;
            struct sevl_snp_report_memory memory;
        } report;
    } u;
} chaining;

enum sevl_result chain(const void *bytes, size_t size);

#endif
