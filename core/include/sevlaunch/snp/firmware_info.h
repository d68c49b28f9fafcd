/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * What the launch digest of an SEV-SNP guest needs of its firmware: a few numbers and a digest
 * that stand in for the image, kept as JSON. Whoever computes with them trusts them as the
 * image. See sevlaunch.h for the conventions.
 */
#ifndef SEVLAUNCH_SNP_FIRMWARE_INFO_H
#define SEVLAUNCH_SNP_FIRMWARE_INFO_H

#include "launch_digest.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The JSON's "type", and its "schema", which is another number if a member means something else. */
#define SEVL_SNP_FIRMWARE_INFO_TYPE "sevlaunch-firmware-info"
#define SEVL_SNP_FIRMWARE_INFO_SCHEMA 1

struct sevl_snp_firmware_info {
    uint64_t size;                                      /* of the image, in bytes */
    uint8_t sha256[SEVL_SHA256_SIZE];                   /* of the image */
    uint8_t launch_digest[SEVL_SNP_LAUNCH_DIGEST_SIZE]; /* of sevl_snp_firmware_finish() */
    struct sevl_ovmf_footer footer;
    struct sevl_sev_metadata metadata; /* no `distance` from an end: it is 0 */
};

static inline bool sevl_snp_firmware_info_is_valid(const struct sevl_snp_firmware_info *info)
{
    return sevl_snp_firmware_size_is_valid(info->size) && info->metadata.bytes != NULL;
}

enum sevl_snp_firmware_info_fault {
    SEVL_FIRMWARE_INFO_NO_FAULT,
    SEVL_FIRMWARE_INFO_NOT_JSON,      /* what begins here is not JSON, or the text ends too early */
    SEVL_FIRMWARE_INFO_OTHER_TYPE,    /* no object, or its "type" is another one */
    SEVL_FIRMWARE_INFO_OTHER_SCHEMA,  /* the "schema" is not the one above */
    SEVL_FIRMWARE_INFO_UNKNOWN,       /* a member that there is not */
    SEVL_FIRMWARE_INFO_TWICE,         /* a member that its object has already */
    SEVL_FIRMWARE_INFO_MISSING,       /* a member that its object, which ends here, has not */
    SEVL_FIRMWARE_INFO_FIRMWARE_SIZE, /* no number that sevl_snp_firmware_init() takes */
    SEVL_FIRMWARE_INFO_NUMBER,        /* no number from 0 to 2^32 - 1 in decimal digits */
    SEVL_FIRMWARE_INFO_SHA256,        /* no string of 64 hexadecimal digits */
    SEVL_FIRMWARE_INFO_SHA384,        /* no string of 96 hexadecimal digits */
    SEVL_FIRMWARE_INFO_AREA,          /* no object */
    SEVL_FIRMWARE_INFO_SECTIONS,      /* no list, or an item of it is no object */
    SEVL_FIRMWARE_INFO_SECTION,       /* a section that sevl_sev_metadata_read() would not take */
    SEVL_FIRMWARE_INFO_FULL           /* there is no memory for so many sections */
};

/* What is wrong with a text, and where. */
struct sevl_snp_firmware_info_problem {
    enum sevl_snp_firmware_info_fault fault;
    size_t line;      /* counted from 1; 0 with SEVL_FIRMWARE_INFO_NO_FAULT */
    const char *name; /* of the member that is wrong, a constant; NULL: there is none, or it is */
    size_t offset;    /* unknown: then its name is in the text, here, as it is written */
    size_t length;    /* and has so many characters */
};

/*
 * Reads `length` characters, which need no NUL at their end: one JSON object (RFC 8259) and
 * blanks. All members are there once, in any order, and no others; numbers are decimal.
 *
 *   "type", "schema"          as above
 *   "size"                    of the image
 *   "sha256", "launch-digest" in hexadecimal digits
 *   "reset-address"           0: not told
 *   "hash-table", "secret"    objects, each with "base" and "size"; a size of 0: there is none
 *   "sections"                a list of objects with "base", "size" and "type", in the order of
 *                             the image
 *
 * `sections` is the caller's memory for these, SEVL_SEV_SECTION_SIZE bytes for each of them:
 * `capacity` is how many have room. It stays unchanged as long as `*info` is used.
 *
 * Returns SEVL_OK, with SEVL_FIRMWARE_INFO_NO_FAULT in `*problem`. Otherwise `*info` is zero, and
 * this returns SEVL_ERROR_LENGTH with SEVL_FIRMWARE_INFO_FULL, and SEVL_ERROR_ENCODING with
 * the others.
 */
SEVL_CHECK enum sevl_result
sevl_snp_firmware_info_read(struct sevl_snp_firmware_info *info,
                            struct sevl_snp_firmware_info_problem *problem, uint8_t *sections,
                            size_t capacity, const char *text, size_t length);

#ifdef __cplusplus
}
#endif

#endif
