/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Other images that a host may have launched in place of one: what a diagnosis of a launch
 * digest needs of them is collected while the one streams by. See sevlaunch.h for the
 * conventions.
 */
#ifndef SEVLAUNCH_SNP_FIRMWARE_VARIANTS_H
#define SEVLAUNCH_SNP_FIRMWARE_VARIANTS_H

#include "../guest/variable_store.h"
#include "launch_digest.h"

#ifdef __cplusplus
extern "C" {
#endif

enum sevl_snp_firmware_change {
    SEVL_SNP_FIRMWARE_NO_STORE,   /* the variable store at its start is left out */
    SEVL_SNP_FIRMWARE_NO_FILL,    /* the pages at its start that are all the same are */
    SEVL_SNP_FIRMWARE_ZERO_FILL,  /* bytes of 0x00 come before it */
    SEVL_SNP_FIRMWARE_ERASED_FILL /* bytes of 0xff do */
};

/* As many bytes as a filled image has at most. */
#define SEVL_SNP_FIRMWARE_FILLED_MAX (UINT32_C(16) << 20)

struct sevl_snp_firmware_variant {
    enum sevl_snp_firmware_change change;
    uint32_t bytes; /* that are left out, or come before it; 0: there is no such image */
    uint8_t digest[SEVL_SNP_LAUNCH_DIGEST_SIZE]; /* after its pages */
};

/*
 * Without each store of sevl_variable_store_sizes; without fill; and filled, with either byte, up
 * to a multiple of 64 KiB, as QEMU wants it, and up to a power of two, as flash chips have it.
 */
#define SEVL_SNP_FIRMWARE_VARIANTS (SEVL_VARIABLE_STORES + 5)

struct sevl_snp_firmware_variants {
    struct sevl_snp_firmware_variant variant[SEVL_SNP_FIRMWARE_VARIANTS];
    uint64_t size; /* of the image, in bytes */
    uint64_t came; /* bytes of its pages that came */
    uint8_t first_page[SEVL_SHA384_SIZE];
};

/*
 * Begins with an image of `size` bytes, in memory of any content.
 * Returns SEVL_OK; SEVL_ERROR_LENGTH if sevl_snp_firmware_init() would refuse the size; or
 * SEVL_ERROR_CRYPTO if Mbed TLS failed.
 */
SEVL_CHECK enum sevl_result
sevl_snp_firmware_variants_init(struct sevl_snp_firmware_variants *variants, uint64_t size);

/*
 * Lets a firmware of the same size that takes its first byte next collect what the variants need.
 * They are used until it is finished, or failed; then those with `bytes` stand for an image.
 */
void sevl_snp_firmware_collect(struct sevl_snp_firmware *firmware,
                               struct sevl_snp_firmware_variants *variants);

#ifdef __cplusplus
}
#endif

#endif
