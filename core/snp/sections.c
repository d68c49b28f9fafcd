/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sevlaunch/snp/launch_digest.h"

#include <string.h>

#include "snp/page.h"
#include "snp/uniform.h"

static enum sevl_snp_page_type page_type(const struct sevl_snp_guest *guest, uint32_t section)
{
    switch (section) {
    case SEVL_SEV_SECTION_MEMORY:
        return guest->cpu.vmm == SEVL_VMM_GCE ? SEVL_SNP_PAGE_UNMEASURED : SEVL_SNP_PAGE_ZERO;
    case SEVL_SEV_SECTION_SECRETS:
        return SEVL_SNP_PAGE_SECRETS;
    case SEVL_SEV_SECTION_CPUID:
        return SEVL_SNP_PAGE_CPUID;
    case SEVL_SEV_SECTION_SVSM_CAA:
        return SEVL_SNP_PAGE_ZERO;
    default: /* KERNEL_HASHES: is_known() refused all others */
        return guest->has_kernel ? SEVL_SNP_PAGE_NORMAL : SEVL_SNP_PAGE_ZERO;
    }
}

static bool is_known(uint32_t section)
{
    return (section >= SEVL_SEV_SECTION_MEMORY && section <= SEVL_SEV_SECTION_SVSM_CAA) ||
           section == SEVL_SEV_SECTION_KERNEL_HASHES;
}

static uint32_t offset_of_table(const struct sevl_snp_guest *guest)
{
    return guest->hash_table.base % SEVL_PAGE_SIZE;
}

/* Zeros, and the table of kernel hashes at its place in the page. */
static enum sevl_result hash_page_of_table(const struct sevl_snp_guest *guest,
                                           uint8_t hash[SEVL_SHA384_SIZE])
{
    struct sevl_sha384 page;
    uint8_t table[SEVL_KERNEL_HASHES_TABLE_SIZE];
    size_t offset = offset_of_table(guest);
    sevl_kernel_hashes_table(&guest->kernel, table);
    enum sevl_result result = sevl_sha384_init(&page);
    if (result == SEVL_OK)
        result = sevl_snp_append_uniform(&page, 0, offset);
    if (result == SEVL_OK)
        result = sevl_sha384_update(&page, table, sizeof table);
    if (result == SEVL_OK)
        result = sevl_snp_append_uniform(&page, 0, SEVL_PAGE_SIZE - offset - sizeof table);
    return result == SEVL_OK ? sevl_sha384_finish(&page, hash) : result;
}

static enum sevl_result append_section(uint8_t digest[SEVL_SNP_LAUNCH_DIGEST_SIZE],
                                       const struct sevl_snp_guest *guest,
                                       struct sevl_sev_section section)
{
    uint8_t hash[SEVL_SHA384_SIZE];
    enum sevl_snp_page_type type = page_type(guest, section.type);
    enum sevl_result result = SEVL_OK;
    if (type == SEVL_SNP_PAGE_NORMAL)
        result = hash_page_of_table(guest, hash);
    for (uint32_t at = 0; at < section.size && result == SEVL_OK; at += SEVL_PAGE_SIZE)
        result = sevl_snp_page_append(digest, type, (uint64_t)section.base + at,
                                      type == SEVL_SNP_PAGE_NORMAL ? hash : NULL);
    return result;
}

static bool is_left_out(const struct sevl_snp_guest *guest, uint32_t section)
{
    if (section == SEVL_SEV_SECTION_SVSM_CAA)
        return guest->quirk == SEVL_SNP_QUIRK_NO_SVSM_CAA;
    return section == SEVL_SEV_SECTION_KERNEL_HASHES && guest->quirk == SEVL_SNP_QUIRK_HASHES_FIRST;
}

/* EC2 appends the CPUID page after all others. */
static bool comes_late(const struct sevl_snp_guest *guest, struct sevl_sev_section section)
{
    return guest->cpu.vmm == SEVL_VMM_EC2 && section.type == SEVL_SEV_SECTION_CPUID;
}

/* Where the page of kernel hashes has no section: before all that have one. */
static enum sevl_result append_hashes_first(uint8_t digest[SEVL_SNP_LAUNCH_DIGEST_SIZE],
                                            const struct sevl_snp_guest *guest)
{
    const struct sevl_sev_section section = {guest->hash_table.base - offset_of_table(guest),
                                             SEVL_PAGE_SIZE, SEVL_SEV_SECTION_KERNEL_HASHES};
    if (guest->quirk != SEVL_SNP_QUIRK_HASHES_FIRST || !guest->has_kernel)
        return SEVL_OK;
    return append_section(digest, guest, section);
}

static enum sevl_result append_sections(uint8_t digest[SEVL_SNP_LAUNCH_DIGEST_SIZE],
                                        const struct sevl_snp_guest *guest, bool late)
{
    enum sevl_result result = SEVL_OK;
    for (uint32_t i = 0; i < guest->metadata.count && result == SEVL_OK; i++) {
        struct sevl_sev_section section = sevl_sev_metadata_section(&guest->metadata, i);
        if (comes_late(guest, section) == late && !is_left_out(guest, section.type))
            result = append_section(digest, guest, section);
    }
    return result;
}

static bool sections_fit(const struct sevl_snp_guest *guest)
{
    uint64_t end = SEVL_SNP_FIRMWARE_SIZE_MAX - guest->firmware_size;
    for (uint32_t i = 0; i < guest->metadata.count; i++) {
        struct sevl_sev_section section = sevl_sev_metadata_section(&guest->metadata, i);
        if (!is_known(section.type) || (uint64_t)section.base + section.size > end)
            return false;
    }
    return true;
}

/* The table has an area of the firmware, within a page. */
static bool has_area_for_table(const struct sevl_snp_guest *guest)
{
    return guest->hash_table.size >= SEVL_KERNEL_HASHES_TABLE_SIZE &&
           offset_of_table(guest) <= SEVL_PAGE_SIZE - SEVL_KERNEL_HASHES_TABLE_SIZE;
}

/* That page is the one section for it. */
static bool has_section_for_table(const struct sevl_snp_guest *guest)
{
    uint32_t page = guest->hash_table.base - offset_of_table(guest);
    bool found = false;
    for (uint32_t i = 0; i < guest->metadata.count; i++) {
        struct sevl_sev_section section = sevl_sev_metadata_section(&guest->metadata, i);
        if (section.type != SEVL_SEV_SECTION_KERNEL_HASHES)
            continue;
        if (section.size != SEVL_PAGE_SIZE || section.base != page)
            return false;
        found = true;
    }
    return found;
}

enum sevl_result
sevl_snp_launch_digest_before_cpus(const struct sevl_snp_guest *guest,
                                   uint8_t launch_digest[SEVL_SNP_LAUNCH_DIGEST_SIZE])
{
    memset(launch_digest, 0, SEVL_SNP_LAUNCH_DIGEST_SIZE);
    if (!sevl_snp_firmware_size_is_valid(guest->firmware_size))
        return SEVL_ERROR_LENGTH;
    if (!sections_fit(guest))
        return SEVL_ERROR_ENCODING;
    if (guest->has_kernel && !(has_area_for_table(guest) && has_section_for_table(guest)))
        return SEVL_ERROR_ABSENT;
    memcpy(launch_digest, guest->firmware, SEVL_SNP_LAUNCH_DIGEST_SIZE);
    enum sevl_result result = append_hashes_first(launch_digest, guest);
    if (result == SEVL_OK)
        result = append_sections(launch_digest, guest, false);
    if (result == SEVL_OK)
        result = append_sections(launch_digest, guest, true);
    if (result != SEVL_OK)
        memset(launch_digest, 0, SEVL_SNP_LAUNCH_DIGEST_SIZE);
    return result;
}
