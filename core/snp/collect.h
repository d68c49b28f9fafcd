/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What a firmware tells its variants. */
#ifndef SEVLAUNCH_SNP_COLLECT_H
#define SEVLAUNCH_SNP_COLLECT_H

#include "sevlaunch/snp/firmware_variants.h"

/*
 * Takes the next page of the image: its address in the guest, and its hash.
 * Returns SEVL_OK, or SEVL_ERROR_CRYPTO if Mbed TLS failed.
 */
SEVL_CHECK enum sevl_result sevl_snp_collect_page(struct sevl_snp_firmware_variants *variants,
                                                  uint64_t address,
                                                  const uint8_t hash[SEVL_SHA384_SIZE]);

#endif
