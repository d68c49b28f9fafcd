/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * A SEV-SNP guest as its owner chose it, and the launch digest that its attestation report
 * must have as MEASUREMENT (AMD 56860, section 8.17, SNP_LAUNCH_UPDATE). It is a chain with a
 * link for each page: firmware, sections of the firmware's metadata, CPUs.
 *
 *   LD = SHA-384(LD of the page before || SHA-384(page) || its type || its address || ...)
 *
 * All of this is public. See sevlaunch.h for the conventions.
 */
#ifndef SEVLAUNCH_SNP_LAUNCH_DIGEST_H
#define SEVLAUNCH_SNP_LAUNCH_DIGEST_H

#include "../guest/kernel_hashes.h"
#include "../guest/sev_metadata.h"
#include "../guest/vmsa.h"
#include "../scratch.h"
#include "../sha384.h"

#ifdef __cplusplus
extern "C" {
#endif

#define SEVL_SNP_LAUNCH_DIGEST_SIZE SEVL_SHA384_SIZE

/* A firmware image ends at 4 GiB, so it has no more than this; always whole pages. */
#define SEVL_SNP_FIRMWARE_SIZE_MAX (UINT64_C(1) << 32)

static inline bool sevl_snp_firmware_size_is_valid(uint64_t size)
{
    return size > 0 && size <= SEVL_SNP_FIRMWARE_SIZE_MAX && size % SEVL_PAGE_SIZE == 0;
}

/* The state of a firmware that takes input: far from 0, which wiped memory holds. */
#define SEVL_SNP_FIRMWARE_OPEN UINT32_C(0x5d2be874)

struct sevl_snp_firmware_variants;

/* The pages of a firmware image, as it streams by. Zeroed memory is one that is not open. */
struct sevl_snp_firmware {
    struct sevl_snp_firmware_variants *variants; /* NULL: nothing is collected for a diagnosis */
    struct sevl_sha384 page; /* open once two bytes of a page that has come in part differ */
    uint64_t left;           /* bytes of the pages that have not come whole */
    uint32_t in_page;        /* bytes of the page that have come, less than SEVL_PAGE_SIZE */
    uint32_t state;
    uint8_t byte;         /* of the page that has come in part, the first */
    uint8_t uniform_byte; /* with has_uniform: that of the last page whose bytes are all the same */
    bool has_uniform;
    uint8_t uniform_hash[SEVL_SHA384_SIZE];      /* with has_uniform: of that page */
    uint8_t digest[SEVL_SNP_LAUNCH_DIGEST_SIZE]; /* after the pages that came whole */
};

/* Valid between calls: whole pages are left, and one of them is open only if it came in part. */
static inline bool sevl_snp_firmware_is_valid(const struct sevl_snp_firmware *firmware)
{
    bool in_page = firmware->in_page > 0;
    bool is_varied = firmware->page.state == SEVL_SHA384_OPEN;
    if (!sevl_sha384_is_valid(&firmware->page) || (is_varied && !in_page))
        return false;
    if (firmware->state != SEVL_SNP_FIRMWARE_OPEN)
        return firmware->state == 0 && !in_page;
    return firmware->in_page < SEVL_PAGE_SIZE && firmware->left % SEVL_PAGE_SIZE == 0 &&
           firmware->left <= SEVL_SNP_FIRMWARE_SIZE_MAX && (firmware->left > 0 || !in_page);
}

/*
 * Begins an image of `size` bytes, in memory of any content: the address of the first page
 * depends on it.
 * Returns SEVL_OK, or SEVL_ERROR_LENGTH if `size` is 0, not whole pages, or more than
 * SEVL_SNP_FIRMWARE_SIZE_MAX.
 */
SEVL_CHECK enum sevl_result sevl_snp_firmware_init(struct sevl_snp_firmware *firmware,
                                                   uint64_t size);

/*
 * Appends `size` bytes of the image; how it is split into calls makes no difference. `data`
 * may be NULL if `size` is 0.
 * Returns SEVL_OK; SEVL_ERROR_STATE if the firmware is not open; SEVL_ERROR_LENGTH if these
 * are more bytes than the image has; or SEVL_ERROR_CRYPTO if Mbed TLS failed.
 */
SEVL_CHECK enum sevl_result sevl_snp_firmware_update(struct sevl_snp_firmware *firmware,
                                                     const void *data, size_t size);

/*
 * Writes the launch digest after the firmware's pages, and wipes the context.
 * Returns SEVL_OK; SEVL_ERROR_STATE if the firmware is not open; or SEVL_ERROR_LENGTH if
 * bytes of the image have not come.
 */
SEVL_CHECK enum sevl_result sevl_snp_firmware_finish(struct sevl_snp_firmware *firmware,
                                                     uint8_t digest[SEVL_SNP_LAUNCH_DIGEST_SIZE]);

/* What a host does otherwise than QEMU, EC2 and GCE do today. */
enum sevl_snp_quirk {
    SEVL_SNP_QUIRK_NONE,
    /*
     * The page of kernel hashes comes before all sections, and there is no section for it: QEMU
     * before March 2023.
     */
    SEVL_SNP_QUIRK_HASHES_FIRST,
    SEVL_SNP_QUIRK_NO_SVSM_CAA /* sections of this type are left out: VMMs that do not know it */
};

struct sevl_snp_guest {
    uint8_t firmware[SEVL_SNP_LAUNCH_DIGEST_SIZE]; /* of sevl_snp_firmware_finish() */
    uint64_t firmware_size;            /* in bytes, as sevl_snp_firmware_init() takes it */
    struct sevl_sev_metadata metadata; /* of the firmware */
    struct sevl_ovmf_area hash_table;  /* of the firmware: struct sevl_ovmf_footer */
    bool has_kernel;                   /* direct boot with kernel hashes */
    struct sevl_kernel_hashes kernel;  /* used with has_kernel */
    uint32_t cpus;                     /* 1 to SEVL_CPUS_MAX */
    struct sevl_cpu cpu;               /* what every CPU is */
    /*
     * Guest-physical, where the CPUs but the first start: struct sevl_ovmf_footer has it. The 0
     * of a firmware that tells none is not refused here.
     */
    uint32_t reset_address;
    enum sevl_snp_quirk quirk; /* of the host: SEVL_SNP_QUIRK_NONE, if it is one of today */
};

/*
 * Computes the launch digest. The guest stays as it is.
 * Returns SEVL_OK; SEVL_ERROR_STATE if there is no CPU, there are more than SEVL_CPUS_MAX,
 * or there is no scratch; SEVL_ERROR_LENGTH if sevl_snp_firmware_init() would refuse the size
 * of the firmware; SEVL_ERROR_ENCODING if a section has a type that is not known
 * here, or overlaps with the firmware; SEVL_ERROR_ABSENT if there is a kernel and the
 * firmware keeps no place for its hashes: an area in a section of one page; or
 * SEVL_ERROR_CRYPTO if Mbed TLS failed.
 */
SEVL_CHECK enum sevl_result
sevl_snp_launch_digest(const struct sevl_snp_guest *guest, struct sevl_scratch scratch,
                       uint8_t launch_digest[SEVL_SNP_LAUNCH_DIGEST_SIZE]);

/*
 * The steps of sevl_snp_launch_digest(), for who needs the digests of many guests that
 * differ in their CPUs. The first computes the digest after all but the CPUs, of which
 * the guest tells only who launches them. Returns as sevl_snp_launch_digest() does, but for
 * SEVL_ERROR_STATE.
 */
SEVL_CHECK enum sevl_result
sevl_snp_launch_digest_before_cpus(const struct sevl_snp_guest *guest,
                                   uint8_t launch_digest[SEVL_SNP_LAUNCH_DIGEST_SIZE]);

/*
 * Hashes the page of a CPU that starts at `reset_address`: SEVL_RESET_ADDRESS_CPU0, or the
 * one of the guest for all others.
 * Returns SEVL_OK, SEVL_ERROR_STATE if there is no scratch, or SEVL_ERROR_CRYPTO if Mbed TLS
 * failed.
 */
SEVL_CHECK enum sevl_result sevl_snp_cpu_hash(const struct sevl_cpu *cpu, uint32_t reset_address,
                                              struct sevl_scratch scratch,
                                              uint8_t hash[SEVL_SHA384_SIZE]);

/*
 * Appends a CPU to a launch digest, by the hash of its page.
 * Returns SEVL_OK, or SEVL_ERROR_CRYPTO if Mbed TLS failed.
 */
SEVL_CHECK enum sevl_result
sevl_snp_launch_digest_add_cpu(uint8_t launch_digest[SEVL_SNP_LAUNCH_DIGEST_SIZE],
                               const uint8_t hash[SEVL_SHA384_SIZE]);

/*
 * Compares a launch digest with a MEASUREMENT, in a time that depends on neither.
 * Returns SEVL_MATCH or SEVL_MISMATCH.
 */
SEVL_CHECK enum sevl_result
sevl_snp_launch_digest_compare(const uint8_t launch_digest[SEVL_SNP_LAUNCH_DIGEST_SIZE],
                               const uint8_t measurement[SEVL_SNP_LAUNCH_DIGEST_SIZE]);

#ifdef __cplusplus
}
#endif

#endif
