/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The SEV metadata of an OVMF image: which parts of guest memory the VMM must prepare for
 * an SEV-SNP launch, and how (EDK2, OvmfPkg/ResetVector/X64/OvmfSevMetadata.asm). The table
 * at the end of the image tells where it is. See sevlaunch.h for the conventions.
 */
#ifndef SEVLAUNCH_SEV_METADATA_H
#define SEVLAUNCH_SEV_METADATA_H

#include "ovmf.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * A tail that holds the metadata of today's images with room to spare: it begins 1324 bytes
 * before the end of Debian's image for SEV-SNP.
 */
#define SEVL_SEV_METADATA_TAIL_SIZE 8192

/* The kinds of sections that EDK2 knows. Others may stand in an image. */
enum {
    SEVL_SEV_SECTION_MEMORY = 1,  /* memory of the firmware before it finds its own */
    SEVL_SEV_SECTION_SECRETS = 2, /* the page of the secure processor's keys */
    SEVL_SEV_SECTION_CPUID = 3,
    SEVL_SEV_SECTION_SVSM_CAA = 4,      /* the calling area of a secure VM service module */
    SEVL_SEV_SECTION_KERNEL_HASHES = 16 /* where the table of kernel hashes is put */
};

struct sevl_sev_section {
    uint32_t base; /* guest-physical address, a multiple of 4096 */
    uint32_t size; /* in bytes, a multiple of 4096, not 0; ends at 4 GiB at the latest */
    uint32_t type;
};

/* The bytes of a section in an image: base, size and type, least significant byte first. */
#define SEVL_SEV_SECTION_SIZE 12

/* Sections in the order of the image, which is the order of their measurement. */
struct sevl_sev_metadata {
    const uint8_t *bytes; /* in the memory of the tail, which stays as long as this is used */
    uint32_t count;
    uint32_t distance; /* of the metadata's first byte from the end of the image */
};

/*
 * Finds the metadata in the tail of an image that was appended to its end, and checks each
 * section of it.
 *
 * Returns SEVL_OK; SEVL_ERROR_ABSENT if the image has no table at its end, or this tells of
 * no metadata; SEVL_ERROR_LENGTH if the metadata begins before the tail, which is full:
 * `distance` is how many bytes a tail needs; or SEVL_ERROR_ENCODING if the table is malformed
 * or has two entries for metadata, or the metadata is: a distance of 0 or of more than the
 * image, no signature "ASEV", a version other than 1, a length that is not that of its
 * sections or leads past the end of the image, a section that is empty, is not aligned to
 * 4096 bytes, ends after 4 GiB, or overlaps with another one. After an error all is zero, but
 * for the `distance` that comes with SEVL_ERROR_LENGTH.
 */
SEVL_CHECK enum sevl_result sevl_sev_metadata_read(struct sevl_sev_metadata *metadata,
                                                   const struct sevl_ovmf_tail *tail);

/* Returns the section of this number, which is less than `count`. */
struct sevl_sev_section sevl_sev_metadata_section(const struct sevl_sev_metadata *metadata,
                                                  uint32_t number);

#ifdef __cplusplus
}
#endif

#endif
