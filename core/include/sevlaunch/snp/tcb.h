/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The TCB of a processor: the security versions of its firmware's parts (AMD 56860, table
 * "TCB_VERSION"). See sevlaunch.h for the conventions.
 */
#ifndef SEVLAUNCH_SNP_TCB_H
#define SEVLAUNCH_SNP_TCB_H

#include <stdbool.h>
#include <stdint.h>

#include "../result.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Families of processors that share a root. Bergamo and Siena are Genoa's. */
enum sevl_snp_product { SEVL_SNP_MILAN = 1, SEVL_SNP_GENOA, SEVL_SNP_TURIN };

#define SEVL_SNP_TCB_SIZE 8

struct sevl_snp_tcb {
    uint8_t fmc; /* Turin's boot loader before the boot loader; 0 on others */
    uint8_t boot_loader;
    uint8_t tee;
    uint8_t snp;
    uint8_t microcode;
};

/*
 * Reads the eight bytes of a report, of which each product has another order.
 * Returns SEVL_OK, or SEVL_ERROR_ENCODING if a byte is not 0 that the product does not use.
 */
SEVL_CHECK enum sevl_result sevl_snp_tcb_read(struct sevl_snp_tcb *tcb,
                                              enum sevl_snp_product product,
                                              const uint8_t bytes[SEVL_SNP_TCB_SIZE]);

/* Whether no part of a TCB is below that of another one. */
bool sevl_snp_tcb_is_at_least(const struct sevl_snp_tcb *tcb, const struct sevl_snp_tcb *minimum);

bool sevl_snp_tcb_equal(const struct sevl_snp_tcb *a, const struct sevl_snp_tcb *b);

#ifdef __cplusplus
}
#endif

#endif
