/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Direct kernel boot: the table of hashes that QEMU (kernel-hashes=on, libvirt's
 * kernelHashes='yes') adds to the launch behind the firmware (QEMU,
 * target/i386/sev.c). See result.h for the conventions.
 */
#ifndef SEVLAUNCH_KERNEL_H
#define SEVLAUNCH_KERNEL_H

#include "digest.h"

/* 168 bytes of table, padded with zeros to a multiple of 16. */
#define SEVL_KERNEL_TABLE_SIZE 176

/* The SHA-256 of each part; a digest (digest.h) computes it. */
struct sevl_kernel {
    uint8_t kernel[SEVL_SHA256_SIZE];  /* of the file as it is */
    uint8_t initrd[SEVL_SHA256_SIZE];  /* of the file; of nothing where there is none */
    uint8_t cmdline[SEVL_SHA256_SIZE]; /* of the text and its NUL; of a NUL where there is none */
};

/* Writes the table as it is measured. */
void sevl_kernel_table(const struct sevl_kernel *kernel, uint8_t table[SEVL_KERNEL_TABLE_SIZE]);

#endif
