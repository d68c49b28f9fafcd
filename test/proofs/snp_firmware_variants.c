/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sevl_snp_firmware_variants_init, for images of any size, and sevl_snp_collect_page, for images of
 * 1 to 5 pages: what is true for one variant, any of them, is true for all. Its pages are appended
 * once and in order, at the addresses that they have in an image that ends at 4 GiB: those of fill,
 * then those of the image but what it leaves out. Its bytes are those that its change says, and
 * none are appended if there is no such image.
 *
 * With 128 in place of 4096 bytes of a page, stores of 1 and 4 pages, images that are filled up to
 * a multiple of 2 pages, and to 8 at most, and hashes of which any byte stands for all.
 */
#include "sha384_model.h"

#include <core/snp/firmware_variants.c>

#define PAGES 5
#define UNIT 256

const uint32_t sevl_variable_store_sizes[SEVL_VARIABLE_STORES] = {SEVL_PAGE_SIZE,
                                                                  4 * SEVL_PAGE_SIZE};

static struct sevl_snp_firmware_variants variants;
static const struct sevl_snp_firmware_variant *watched;
static uint8_t chain[SEVL_SNP_LAUNCH_DIGEST_SIZE]; /* its last digest */
static uint8_t hashes[PAGES][SEVL_SHA384_SIZE];    /* of the image's pages */
static uint64_t image_size;
static size_t came;         /* pages, with the one that is collected */
static uint64_t fill_pages; /* of the watched variant, before the image's */
static uint64_t first;      /* page of the image that it does not leave out */
static uint64_t appended;   /* pages, to the watched variant */

bool sevl_constant_time_equal(const uint8_t *a, const uint8_t *b, size_t size)
{
    PROVE(a == variants.first_page && size == SEVL_SHA384_SIZE && b == hashes[came - 1]);
    return a[place % SEVL_SHA384_SIZE] == b[place % SEVL_SHA384_SIZE];
}

static void prove_fill(const uint8_t *hash)
{
    uint8_t byte = watched->change == SEVL_SNP_FIRMWARE_ZERO_FILL ? 0x00 : 0xff;
    PROVE(watched->change >= SEVL_SNP_FIRMWARE_ZERO_FILL);
    PROVE(is_hash_of(hash, SEVL_PAGE_SIZE, byte));
}

static bool is_of_variants(const uint8_t *digest)
{
    bool is_one = false;
    for (size_t i = 0; i < SEVL_SNP_FIRMWARE_VARIANTS; i++)
        is_one = is_one || digest == variants.variant[i].digest;
    return is_one;
}

enum sevl_result sevl_snp_page_append(uint8_t digest[SEVL_SNP_LAUNCH_DIGEST_SIZE],
                                      enum sevl_snp_page_type type, uint64_t address,
                                      const uint8_t *contents)
{
    size_t i = any_below(SEVL_SNP_LAUNCH_DIGEST_SIZE);
    PROVE(!failed && type == SEVL_SNP_PAGE_NORMAL && is_of_variants(digest));
    if (digest == watched->digest) {
        PROVE(digest[i] == chain[i]);
        PROVE(address == (UINT64_C(1) << 32) - image_size - fill_pages * SEVL_PAGE_SIZE +
                             (first + appended) * SEVL_PAGE_SIZE);
        if (appended < fill_pages)
            prove_fill(contents);
        else
            PROVE(came == first + appended - fill_pages + 1 && contents == hashes[came - 1]);
        appended++;
        __CPROVER_havoc_object(chain);
        memcpy(digest, chain, sizeof chain);
    }
    return fails_now() ? SEVL_ERROR_CRYPTO : SEVL_OK;
}

/* Pages at the start of the image that are the same. */
static uint64_t same_pages(size_t count)
{
    uint64_t same = 1;
    while (same < count &&
           hashes[same][place % SEVL_SHA384_SIZE] == hashes[0][place % SEVL_SHA384_SIZE])
        same++;
    return same;
}

static uint64_t filled_size(bool is_power)
{
    uint64_t power = image_size <= UNIT ? UNIT : image_size <= 2 * UNIT ? 2 * UNIT : 4 * UNIT;
    return is_power ? power : (image_size + UNIT - 1) & ~(uint64_t)(UNIT - 1);
}

/* What fills the image up to that size; 0 if it does not, or is the same as another. */
static uint64_t expected_fill(bool is_power)
{
    if (image_size > 4 * UNIT || (is_power && filled_size(true) == filled_size(false)))
        return 0;
    return filled_size(is_power) - image_size;
}

static uint64_t expected_store(size_t store)
{
    return sevl_variable_store_sizes[store] < image_size ? sevl_variable_store_sizes[store] : 0;
}

static void prove_variant(size_t number, enum sevl_snp_firmware_change change, uint64_t bytes)
{
    PROVE(variants.variant[number].change == change && variants.variant[number].bytes == bytes);
}

static void prove_layout(uint64_t same)
{
    prove_variant(0, SEVL_SNP_FIRMWARE_NO_STORE, expected_store(0));
    prove_variant(1, SEVL_SNP_FIRMWARE_NO_STORE, expected_store(1));
    prove_variant(2, SEVL_SNP_FIRMWARE_NO_FILL, same);
    prove_variant(3, SEVL_SNP_FIRMWARE_ZERO_FILL, expected_fill(false));
    prove_variant(4, SEVL_SNP_FIRMWARE_ERASED_FILL, expected_fill(false));
    prove_variant(5, SEVL_SNP_FIRMWARE_ZERO_FILL, expected_fill(true));
    prove_variant(6, SEVL_SNP_FIRMWARE_ERASED_FILL, expected_fill(true));
}

static enum sevl_result begin(size_t number)
{
    watched = &variants.variant[number];
    __CPROVER_havoc_object(&variants);
    memset(chain, 0, sizeof chain);
    fill_pages = number < 3 ? 0 : expected_fill(number > 4) / SEVL_PAGE_SIZE;
    return sevl_snp_firmware_variants_init(&variants, image_size);
}

static void init(void)
{
    image_size = nondet_u64();
    bool is_good =
        image_size > 0 && image_size <= UINT64_C(1) << 32 && image_size % SEVL_PAGE_SIZE == 0;

    enum sevl_result result = begin(any_below(SEVL_SNP_FIRMWARE_VARIANTS));

    REACHES(result == SEVL_OK && appended == 3);
    REACHES(result == SEVL_OK && image_size == UINT64_C(1) << 32);
    REACHES(result == SEVL_ERROR_CRYPTO && appended == 1);
    PROVE(result == (!is_good ? SEVL_ERROR_LENGTH : failed ? SEVL_ERROR_CRYPTO : SEVL_OK));
    if (result != SEVL_OK)
        return;
    PROVE(variants.size == image_size && variants.came == 0 && appended == fill_pages);
    prove_layout(0);
}

/* How many pages the watched variant leaves out of an image; all, if there is no such image. */
static uint64_t left_out(size_t number, size_t pages)
{
    uint64_t same = same_pages(pages);
    if (number == 2)
        return same > 1 || pages == 1 ? same : pages;
    uint64_t bytes = number > 2 ? expected_fill(number > 4) : expected_store(number);
    return bytes == 0 ? pages : number > 2 ? 0 : bytes / SEVL_PAGE_SIZE;
}

static void collect(size_t number, size_t pages)
{
    size_t i = any_below(sizeof chain);
    image_size = pages * SEVL_PAGE_SIZE;
    __CPROVER_havoc_object(hashes);
    uint64_t same = same_pages(pages);
    enum sevl_result result = begin(number);
    first = left_out(number, pages);
    for (came = 1; came <= pages && result == SEVL_OK; came++)
        result =
            sevl_snp_collect_page(&variants,
                                  (UINT64_C(1) << 32) - image_size + (came - 1) * SEVL_PAGE_SIZE,
                                  hashes[came - 1]);

    REACHES(result == SEVL_OK && number == 2 && same == 3 && appended == 2);
    REACHES(result == SEVL_OK && number == 6 && appended == 8);
    REACHES(result == SEVL_OK && number == 1 && appended == 1);
    REACHES(result == SEVL_ERROR_CRYPTO && came == 3);
    PROVE(result == (failed ? SEVL_ERROR_CRYPTO : SEVL_OK));
    if (result != SEVL_OK)
        return;
    prove_layout(same > 1 || pages == 1 ? same * SEVL_PAGE_SIZE : 0);
    PROVE(variants.came == image_size);
    PROVE(appended == fill_pages + pages - first && watched->digest[i] == chain[i]);
}

static void attach(void)
{
    struct sevl_snp_firmware firmware;
    sevl_snp_firmware_collect(&firmware, &variants);
    PROVE(firmware.variants == &variants);
}

int main(void)
{
    place = any_below(SEVL_PAGE_SIZE);
    can_fail = CASE == 0 || CASE == 1;
    if (CASE == 0)
        init();
    else if (CASE == 1)
        collect(any_below(SEVL_SNP_FIRMWARE_VARIANTS), 3);
    else
        collect(any_below(SEVL_SNP_FIRMWARE_VARIANTS), CASE - 1);
    attach();
}
