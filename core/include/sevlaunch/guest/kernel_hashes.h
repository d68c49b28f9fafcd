/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Direct kernel boot: the table of hashes that QEMU (kernel-hashes=on, libvirt's
 * kernelHashes='yes') adds to the launch after the firmware (QEMU, target/i386/sev.c).
 * See sevlaunch.h for the conventions.
 */
#ifndef SEVLAUNCH_KERNEL_HASHES_H
#define SEVLAUNCH_KERNEL_HASHES_H

#include "../sha256.h"

#ifdef __cplusplus
extern "C" {
#endif

/* 168 bytes of table, padded with zeros to a multiple of 16. */
#define SEVL_KERNEL_HASHES_TABLE_SIZE 176

/* The SHA-256 of each part. */
struct sevl_kernel_hashes {
    uint8_t kernel[SEVL_SHA256_SIZE];  /* of the file as it is */
    uint8_t initrd[SEVL_SHA256_SIZE];  /* of the file; of nothing if there is none */
    uint8_t cmdline[SEVL_SHA256_SIZE]; /* of the text and its NUL; of a NUL if there is none */
};

/* Writes the table as it is measured. */
void sevl_kernel_hashes_table(const struct sevl_kernel_hashes *hashes,
                              uint8_t table[SEVL_KERNEL_HASHES_TABLE_SIZE]);

#ifdef __cplusplus
}
#endif

#endif
