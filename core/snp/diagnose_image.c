/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What a diagnosis of a launch digest tries of the firmware and its sections. */
#include <string.h>

#include "snp/digest_groups.h"

bool sevl_snp_try_no_svsm_caa(struct sevl_snp_search *search)
{
    struct sevl_snp_trial trial = sevl_snp_search_trial(search);
    trial.guest.quirk = SEVL_SNP_QUIRK_NO_SVSM_CAA;
    sevl_snp_trial_add(&trial, SEVL_SNP_MISTAKE_SVSM_CAA, 0);
    return sevl_snp_try_boot(search, &trial);
}

static uint64_t size_of(const struct sevl_snp_firmware_variant *variant, uint64_t given)
{
    bool is_less = variant->change == SEVL_SNP_FIRMWARE_NO_STORE ||
                   variant->change == SEVL_SNP_FIRMWARE_NO_FILL;
    return is_less ? given - variant->bytes : given + variant->bytes;
}

/* A filled image may lie where the memory of the guest is: then no host has launched it. */
static bool ends_below(const struct sevl_snp_guest *guest, uint64_t size)
{
    for (uint32_t i = 0; i < guest->metadata.count; i++) {
        struct sevl_sev_section section = sevl_sev_metadata_section(&guest->metadata, i);
        if ((uint64_t)section.base + section.size > SEVL_SNP_FIRMWARE_SIZE_MAX - size)
            return false;
    }
    return true;
}

static bool is_image(const struct sevl_snp_search *search,
                     const struct sevl_snp_firmware_variant *variant)
{
    const struct sevl_snp_guest *guest = &search->reference->guest;
    uint64_t size = size_of(variant, guest->firmware_size);
    return variant->bytes > 0 && size > 0 && ends_below(guest, size);
}

static bool try_variant(struct sevl_snp_search *search,
                        const struct sevl_snp_firmware_variant *variant)
{
    static const enum sevl_snp_mistake mistakes[] = {
        [SEVL_SNP_FIRMWARE_NO_STORE] = SEVL_SNP_MISTAKE_VARIABLE_STORE,
        [SEVL_SNP_FIRMWARE_NO_FILL] = SEVL_SNP_MISTAKE_FILL,
        [SEVL_SNP_FIRMWARE_ZERO_FILL] = SEVL_SNP_MISTAKE_ZERO_FILL,
        [SEVL_SNP_FIRMWARE_ERASED_FILL] = SEVL_SNP_MISTAKE_ERASED_FILL,
    };
    struct sevl_snp_trial trial = sevl_snp_search_trial(search);
    memcpy(trial.guest.firmware, variant->digest, sizeof trial.guest.firmware);
    trial.guest.firmware_size = size_of(variant, trial.guest.firmware_size);
    sevl_snp_trial_add(&trial, mistakes[variant->change], variant->bytes);
    return sevl_snp_try_boot(search, &trial);
}

static bool is_of_change(const struct sevl_snp_search *search, size_t i,
                         enum sevl_snp_firmware_change change)
{
    const struct sevl_snp_firmware_variant *variant = &search->reference->firmware->variant[i];
    return variant->change == change && is_image(search, variant);
}

bool sevl_snp_has_variant(const struct sevl_snp_search *search,
                          enum sevl_snp_firmware_change change)
{
    bool has_any = false;
    for (size_t i = 0; i < SEVL_SNP_FIRMWARE_VARIANTS && search->reference->firmware != NULL; i++)
        has_any = has_any || is_of_change(search, i, change);
    return has_any;
}

static bool try_variants(struct sevl_snp_search *search, enum sevl_snp_firmware_change change)
{
    for (size_t i = 0; i < SEVL_SNP_FIRMWARE_VARIANTS; i++)
        if (is_of_change(search, i, change) &&
            try_variant(search, &search->reference->firmware->variant[i]))
            return true;
    return false;
}

bool sevl_snp_try_no_store(struct sevl_snp_search *search)
{
    return try_variants(search, SEVL_SNP_FIRMWARE_NO_STORE);
}

bool sevl_snp_try_no_fill(struct sevl_snp_search *search)
{
    return try_variants(search, SEVL_SNP_FIRMWARE_NO_FILL);
}

bool sevl_snp_try_filled(struct sevl_snp_search *search)
{
    return try_variants(search, SEVL_SNP_FIRMWARE_ZERO_FILL) ||
           try_variants(search, SEVL_SNP_FIRMWARE_ERASED_FILL);
}
