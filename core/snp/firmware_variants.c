/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sevlaunch/snp/firmware_variants.h"

#include <string.h>

#include "crypto/constant_time.h"
#include "snp/collect.h"
#include "snp/page.h"
#include "snp/uniform.h"

/* QEMU takes images of a multiple of this (hw/i386/x86-common.c, x86_bios_rom_init()). */
#define FILL_UNIT (UINT32_C(64) << 10)

/* Pages of one byte, from the address on at which the filled image begins. */
static enum sevl_result append_fill(struct sevl_snp_firmware_variant *variant, uint64_t size)
{
    uint8_t hash[SEVL_SHA384_SIZE];
    uint8_t byte = variant->change == SEVL_SNP_FIRMWARE_ZERO_FILL ? 0x00 : 0xff;
    uint64_t start = SEVL_SNP_FIRMWARE_SIZE_MAX - size - variant->bytes;
    enum sevl_result result = sevl_snp_hash_uniform(byte, hash);
    for (uint32_t at = 0; at < variant->bytes && result == SEVL_OK; at += SEVL_PAGE_SIZE)
        result = sevl_snp_page_append(variant->digest, SEVL_SNP_PAGE_NORMAL, start + at, hash);
    return result;
}

/* The next multiple of 64 KiB, and the next power of two. */
static uint64_t multiple_after(uint64_t size)
{
    return (size + FILL_UNIT - 1) / FILL_UNIT * FILL_UNIT;
}

static uint64_t power_after(uint64_t size)
{
    uint64_t power = FILL_UNIT;
    while (power < size)
        power *= 2;
    return power;
}

static void put_variant(struct sevl_snp_firmware_variants *variants, size_t i,
                        enum sevl_snp_firmware_change change, uint64_t bytes)
{
    variants->variant[i].change = change;
    variants->variant[i].bytes = (uint32_t)bytes;
}

/* The bytes that fill an image up to a size, which may be its own. */
static uint64_t fill_up_to(uint64_t filled, uint64_t size)
{
    return filled <= SEVL_SNP_FIRMWARE_FILLED_MAX ? filled - size : 0;
}

static void put_variants(struct sevl_snp_firmware_variants *variants)
{
    uint64_t size = variants->size;
    uint64_t multiple = fill_up_to(multiple_after(size), size);
    uint64_t power = fill_up_to(power_after(size), size);
    size_t i = 0;
    for (; i < SEVL_VARIABLE_STORES; i++)
        put_variant(variants, i, SEVL_SNP_FIRMWARE_NO_STORE,
                    sevl_variable_store_sizes[i] < size ? sevl_variable_store_sizes[i] : 0);
    put_variant(variants, i++, SEVL_SNP_FIRMWARE_NO_FILL, 0);
    put_variant(variants, i++, SEVL_SNP_FIRMWARE_ZERO_FILL, multiple);
    put_variant(variants, i++, SEVL_SNP_FIRMWARE_ERASED_FILL, multiple);
    put_variant(variants, i++, SEVL_SNP_FIRMWARE_ZERO_FILL, power == multiple ? 0 : power);
    put_variant(variants, i, SEVL_SNP_FIRMWARE_ERASED_FILL, power == multiple ? 0 : power);
}

static bool is_filled(const struct sevl_snp_firmware_variant *variant)
{
    return variant->change == SEVL_SNP_FIRMWARE_ZERO_FILL ||
           variant->change == SEVL_SNP_FIRMWARE_ERASED_FILL;
}

enum sevl_result sevl_snp_firmware_variants_init(struct sevl_snp_firmware_variants *variants,
                                                 uint64_t size)
{
    enum sevl_result result = SEVL_OK;
    *variants = (struct sevl_snp_firmware_variants){.size = size};
    if (!sevl_snp_firmware_size_is_valid(size))
        return SEVL_ERROR_LENGTH;
    put_variants(variants);
    for (size_t i = 0; i < SEVL_SNP_FIRMWARE_VARIANTS && result == SEVL_OK; i++)
        if (is_filled(&variants->variant[i]))
            result = append_fill(&variants->variant[i], size);
    return result;
}

void sevl_snp_firmware_collect(struct sevl_snp_firmware *firmware,
                               struct sevl_snp_firmware_variants *variants)
{
    firmware->variants = variants;
}

/* Whether the page is like all before it. One page alone fills nothing. */
static bool count_fill(const struct sevl_snp_firmware_variants *variants,
                       struct sevl_snp_firmware_variant *fill, const uint8_t hash[SEVL_SHA384_SIZE])
{
    bool is_same = sevl_constant_time_equal(variants->first_page, hash, SEVL_SHA384_SIZE);
    if (fill->bytes == variants->came && is_same) {
        fill->bytes += SEVL_PAGE_SIZE;
        return true;
    }
    if (fill->bytes == SEVL_PAGE_SIZE)
        fill->bytes = 0;
    return false;
}

/* Whether there is such an image, as far as its pages tell. */
static bool is_image(const struct sevl_snp_firmware_variants *variants,
                     const struct sevl_snp_firmware_variant *variant)
{
    return variant->bytes > 0 ||
           (variant->change == SEVL_SNP_FIRMWARE_NO_FILL && variants->came == 0);
}

/* Whether the page is one that the variant leaves out. */
static bool leaves_out(const struct sevl_snp_firmware_variants *variants,
                       struct sevl_snp_firmware_variant *variant,
                       const uint8_t hash[SEVL_SHA384_SIZE])
{
    if (variant->change == SEVL_SNP_FIRMWARE_NO_STORE)
        return variants->came < variant->bytes;
    return variant->change == SEVL_SNP_FIRMWARE_NO_FILL && count_fill(variants, variant, hash);
}

static enum sevl_result append_to_variant(const struct sevl_snp_firmware_variants *variants,
                                          struct sevl_snp_firmware_variant *variant,
                                          uint64_t address, const uint8_t hash[SEVL_SHA384_SIZE])
{
    if (!is_image(variants, variant) || leaves_out(variants, variant, hash) ||
        !is_image(variants, variant))
        return SEVL_OK;
    return sevl_snp_page_append(variant->digest, SEVL_SNP_PAGE_NORMAL, address, hash);
}

enum sevl_result sevl_snp_collect_page(struct sevl_snp_firmware_variants *variants,
                                       uint64_t address, const uint8_t hash[SEVL_SHA384_SIZE])
{
    enum sevl_result result = SEVL_OK;
    if (variants->came == 0)
        memcpy(variants->first_page, hash, SEVL_SHA384_SIZE);
    for (size_t i = 0; i < SEVL_SNP_FIRMWARE_VARIANTS && result == SEVL_OK; i++)
        result = append_to_variant(variants, &variants->variant[i], address, hash);
    variants->came += SEVL_PAGE_SIZE;
    return result;
}
