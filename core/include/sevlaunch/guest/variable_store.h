/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * A firmware image without its variable store. EDK2 builds OVMF as OVMF.fd, the store and
 * then the code, and as two files of these parts; a host may measure either. See
 * sevlaunch.h for the conventions.
 */
#ifndef SEVLAUNCH_VARIABLE_STORE_H
#define SEVLAUNCH_VARIABLE_STORE_H

#include "../sha256.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * The bytes that stores have: 128 KiB in images of 1 or 2 MiB, 528 KiB in those of 4 MiB
 * (EDK2, OvmfPkg/Include/Fdf/OvmfPkgDefines.fdf.inc, VARS_SIZE).
 */
#define SEVL_VARIABLE_STORES 2
extern const uint32_t sevl_variable_store_sizes[SEVL_VARIABLE_STORES];

/* What follows a store of each size. Zeroed memory is valid: its streams are not open. */
struct sevl_firmware_code {
    uint64_t size; /* of the image so far */
    struct sevl_sha256 after_store[SEVL_VARIABLE_STORES];
};

static inline bool sevl_firmware_code_is_open(const struct sevl_firmware_code *code)
{
    for (uint32_t i = 0; i < SEVL_VARIABLE_STORES; i++)
        if (code->after_store[i].state != SEVL_SHA256_OPEN)
            return false;
    return true;
}

/*
 * Opens the streams of an image of no bytes, in memory of any content.
 * Returns SEVL_OK, or SEVL_ERROR_CRYPTO if Mbed TLS failed.
 */
SEVL_CHECK enum sevl_result sevl_firmware_code_init(struct sevl_firmware_code *code);

/*
 * Appends `size` bytes of the image. `data` may be NULL if `size` is 0.
 * Returns SEVL_OK, SEVL_ERROR_STATE if the streams are not open, or SEVL_ERROR_CRYPTO if
 * Mbed TLS failed; after an error no stream is open.
 */
SEVL_CHECK enum sevl_result sevl_firmware_code_update(struct sevl_firmware_code *code,
                                                      const void *data, size_t size);

#ifdef __cplusplus
}
#endif

#endif
