/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * What a diagnosis of a launch digest tries of the firmware and its sections, for any guest whose
 * sections lie below its firmware, and any variants: each of them that is an image is tried once,
 * with its size and what its finding names, and no other; a filled one only if it lies above all
 * sections, so that it has a digest; and nothing is tried after the search is over.
 *
 * With up to 2 sections.
 */
#include "digest_search_model.h"

#include <core/snp/diagnose_image.c>

#define SECTIONS 2

static struct sevl_sev_section sections[SECTIONS];
static size_t wanted;  /* the number of a variant */
static uint32_t found; /* trials of it */

struct sevl_sev_section sevl_sev_metadata_section(const struct sevl_sev_metadata *metadata,
                                                  uint32_t number)
{
    PROVE(metadata == &reference.guest.metadata && number < metadata->count);
    return sections[number];
}

static bool lie_below(uint64_t firmware_size)
{
    bool all = true;
    for (size_t i = 0; i < reference.guest.metadata.count; i++)
        all = all && (uint64_t)sections[i].base + sections[i].size + firmware_size <= UINT64_C(1)
                                                                                          << 32;
    return all;
}

static bool is_less(size_t variant)
{
    return variants.variant[variant].change <= SEVL_SNP_FIRMWARE_NO_FILL;
}

/* Variants as sevl_snp_firmware_variants_init() and sevl_snp_collect_page() make them. */
static void make_variants(void)
{
    static const enum sevl_snp_firmware_change changes[] = {
        SEVL_SNP_FIRMWARE_NO_STORE,   SEVL_SNP_FIRMWARE_NO_STORE,    SEVL_SNP_FIRMWARE_NO_FILL,
        SEVL_SNP_FIRMWARE_ZERO_FILL,  SEVL_SNP_FIRMWARE_ERASED_FILL, SEVL_SNP_FIRMWARE_ZERO_FILL,
        SEVL_SNP_FIRMWARE_ERASED_FILL};
    uint64_t size = reference.guest.firmware_size;
    __CPROVER_havoc_object(&variants);
    for (size_t i = 0; i < SEVL_SNP_FIRMWARE_VARIANTS; i++) {
        struct sevl_snp_firmware_variant *variant = &variants.variant[i];
        variant->change = changes[i];
        ASSUME(variant->bytes % SEVL_PAGE_SIZE == 0);
        ASSUME(is_less(i)
                   ? variant->bytes <= size
                   : variant->bytes == 0 || size + variant->bytes <= SEVL_SNP_FIRMWARE_FILLED_MAX);
    }
}

/* Whether it is an image of which something is measured, and which has a digest. */
static bool is_launched(size_t number)
{
    uint64_t bytes = variants.variant[number].bytes;
    uint64_t size = reference.guest.firmware_size;
    return bytes > 0 && (is_less(number) ? size > bytes : lie_below(size + bytes));
}

static void check_trial(const struct sevl_snp_trial *trial)
{
    static const enum sevl_snp_mistake mistakes[] = {SEVL_SNP_MISTAKE_VARIABLE_STORE,
                                                     SEVL_SNP_MISTAKE_FILL,
                                                     SEVL_SNP_MISTAKE_ZERO_FILL,
                                                     SEVL_SNP_MISTAKE_ERASED_FILL};
    const struct sevl_snp_firmware_variant *variant = &variants.variant[wanted];
    PROVE(trial->count == 1 && trial->cpus_max == 0);
    PROVE(sevl_snp_firmware_size_is_valid(trial->guest.firmware_size));
    PROVE(lie_below(trial->guest.firmware_size));
    PROVE(has(trial, SEVL_SNP_MISTAKE_SVSM_CAA) == (CASE == 0));
    if (named(trial, mistakes[variant->change], 0) == variant->bytes &&
        trial->guest.firmware[place] == variant->digest[place])
        found++;
}

static bool is_of_case(enum sevl_snp_firmware_change change)
{
    return CASE == 1   ? change == SEVL_SNP_FIRMWARE_NO_STORE
           : CASE == 2 ? change == SEVL_SNP_FIRMWARE_NO_FILL
                       : CASE == 3 && change >= SEVL_SNP_FIRMWARE_ZERO_FILL;
}

static uint32_t tries_of_case(void)
{
    uint32_t count = CASE == 0 ? 1 : 0;
    for (size_t i = 0; i < SEVL_SNP_FIRMWARE_VARIANTS; i++)
        count += is_of_case(variants.variant[i].change) && is_launched(i) ? 1 : 0;
    return count;
}

static void prove_has_variant(enum sevl_snp_firmware_change change)
{
    bool is_one = false;
    for (size_t i = 0; i < SEVL_SNP_FIRMWARE_VARIANTS; i++)
        is_one = is_one || (variants.variant[i].change == change && is_launched(i));
    PROVE(sevl_snp_has_variant(&search, change) == is_one);
    reference.firmware = NULL;
    PROVE(!sevl_snp_has_variant(&search, change));
}

int main(void)
{
    static bool (*const groups[])(
        struct sevl_snp_search *) = {sevl_snp_try_no_svsm_caa, sevl_snp_try_no_store,
                                     sevl_snp_try_no_fill, sevl_snp_try_filled};
    make_any_launch();
    make_variants();
    __CPROVER_havoc_object(sections);
    reference.firmware = &variants;
    reference.guest.metadata.count = (uint32_t)any_below(SECTIONS + 1);
    ASSUME(lie_below(reference.guest.firmware_size));
    wanted = any_below(SEVL_SNP_FIRMWARE_VARIANTS);
    if (CASE >= 4) {
        prove_has_variant((enum sevl_snp_firmware_change)(CASE % 4));
        return 0;
    }

    bool is_over = groups[CASE % 4](&search);

    REACHES(!is_over && CASE == 0 && tries == 1);
    REACHES(!is_over && CASE == 1 && tries == 2);
    REACHES(!is_over && CASE == 2 && tries == 1);
    REACHES(!is_over && CASE == 3 && tries == 4);
    REACHES(!is_over && CASE == 3 && tries == 0 && variants.variant[3].bytes > 0);
    PROVE(is_over == is_ended);
    PROVE(is_over || tries == tries_of_case());
    if (is_of_case(variants.variant[wanted].change) && is_launched(wanted))
        PROVE(is_over || found > 0);
}
