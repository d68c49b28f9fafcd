/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The kernel's command line, as it streams by. See sevlaunch.h for the conventions.
 */
#ifndef SEVLAUNCH_CMDLINE_H
#define SEVLAUNCH_CMDLINE_H

#include "../sha256.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * The command line as the VMM gets it, without a NUL at its end. The last byte is kept apart,
 * so that a diagnosis can try other endings. Zeroed memory is a valid command line that is
 * not open.
 */
struct sevl_cmdline {
    struct sevl_sha256 head; /* of all but the last byte */
    uint8_t last;
    bool has_last;
};

/* Valid between calls: its head is, and `last` is 0 unless `has_last`. */
static inline bool sevl_cmdline_is_valid(const struct sevl_cmdline *cmdline)
{
    bool is_open = cmdline->head.state == SEVL_SHA256_OPEN;
    return sevl_sha256_is_valid(&cmdline->head) && (is_open || !cmdline->has_last) &&
           (cmdline->has_last || cmdline->last == 0);
}

/*
 * Opens a command line of no bytes, in memory of any content.
 * Returns SEVL_OK, or SEVL_ERROR_CRYPTO if Mbed TLS failed.
 */
SEVL_CHECK enum sevl_result sevl_cmdline_init(struct sevl_cmdline *cmdline);

/*
 * Appends `size` bytes. `data` may be NULL if `size` is 0.
 * Returns SEVL_OK, SEVL_ERROR_STATE if the command line is not open, or
 * SEVL_ERROR_CRYPTO if Mbed TLS failed.
 */
SEVL_CHECK enum sevl_result sevl_cmdline_update(struct sevl_cmdline *cmdline, const void *data,
                                                size_t size);

/*
 * Computes the hash for struct sevl_kernel_hashes: of all bytes and of the NUL that QEMU
 * adds. The command line stays as it is, and open.
 * Returns SEVL_OK, SEVL_ERROR_STATE if the command line is not open, or
 * SEVL_ERROR_CRYPTO if Mbed TLS failed.
 */
SEVL_CHECK enum sevl_result sevl_cmdline_hash(const struct sevl_cmdline *cmdline,
                                              uint8_t hash[SEVL_SHA256_SIZE]);

#ifdef __cplusplus
}
#endif

#endif
