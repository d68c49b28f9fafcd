/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sevl_snp_firmware_init, sevl_snp_firmware_finish, and one step of sevl_snp_firmware_update, for
 * images of any size of which any part has come, and up to 13 bytes, with 4 in place of 4096 bytes
 * of a page, and 2 in place of 8 pages a step: each page is appended once and in order, at its
 * address below 4 GiB, with the hash of its bytes, be they all the same or not, and so told to the
 * variants, if there are any; after that the firmware is one of which more has come. What is too
 * short, fails, or is not open, is an error. All steps of an update are another proof:
 * snp_firmware_update.
 */
#include "sha384_model.h"

#include <core/snp/firmware_pages.c>

#define PIECE_MAX 13

static struct sevl_snp_firmware firmware;
static uint64_t image_size;
static uint64_t done;                             /* pages that came before */
static uint8_t image[SEVL_PAGE_SIZE + PIECE_MAX]; /* what came after these */
static size_t came;                               /* bytes of it */
static uint64_t appended;                         /* pages of it */
static uint64_t told;                             /* pages of it, to the variants */
static struct sevl_snp_firmware_variants variants;
static bool has_variants;
static uint8_t chain[SEVL_SNP_LAUNCH_DIGEST_SIZE]; /* the last digest */

void sevl_wipe(void *memory, size_t size)
{
    if (size > 0)
        memset(memory, 0, size);
}

enum sevl_result sevl_sha384_pages(const uint8_t *pages, size_t count,
                                   uint8_t (*hashes)[SEVL_SHA384_SIZE])
{
    PROVE(count > 0 && count <= SEVL_SHA384_PAGES_MAX);
    PROVE(__CPROVER_r_ok(pages, count * SEVL_PAGE_SIZE));
    PROVE(__CPROVER_w_ok(hashes, count * SEVL_SHA384_SIZE));
    for (size_t i = 0; i < count; i++)
        put_model_hash(hashes[i], SEVL_PAGE_SIZE, pages[i * SEVL_PAGE_SIZE + place]);
    return fails_now() ? SEVL_ERROR_CRYPTO : SEVL_OK;
}

bool sevl_snp_is_uniform(const uint8_t *bytes, size_t size, uint8_t byte)
{
    bool is_uniform = true;
    PROVE(__CPROVER_r_ok(bytes, size));
    for (size_t i = 0; i < size; i++)
        is_uniform = is_uniform && bytes[i] == byte;
    return is_uniform;
}

enum sevl_result sevl_snp_append_uniform(struct sevl_sha384 *page, uint8_t byte, size_t size)
{
    PROVE(page->state == SEVL_SHA384_OPEN && page->opaque[0] == 0 && size < SEVL_PAGE_SIZE);
    page->opaque[0] = size;
    page->opaque[1] = place < size ? byte : 0;
    return end_sha384(page, fails_now() ? SEVL_ERROR_CRYPTO : SEVL_OK);
}

enum sevl_result sevl_snp_hash_uniform(uint8_t byte, uint8_t hash[SEVL_SHA384_SIZE])
{
    PROVE(__CPROVER_w_ok(hash, SEVL_SHA384_SIZE));
    put_model_hash(hash, SEVL_PAGE_SIZE, byte);
    return fails_now() ? SEVL_ERROR_CRYPTO : SEVL_OK;
}

/* The page of this number is the next one that came whole. */
static void prove_page(uint64_t page, uint64_t address, const uint8_t *hash)
{
    PROVE(address == (UINT64_C(1) << 32) - image_size + (done + page) * SEVL_PAGE_SIZE);
    PROVE((page + 1) * SEVL_PAGE_SIZE <= came);
    PROVE(is_hash_of(hash, SEVL_PAGE_SIZE, image[page * SEVL_PAGE_SIZE + place]));
}

enum sevl_result sevl_snp_collect_page(struct sevl_snp_firmware_variants *to, uint64_t address,
                                       const uint8_t hash[SEVL_SHA384_SIZE])
{
    PROVE(!failed && has_variants && to == &variants && told + 1 == appended);
    prove_page(told, address, hash);
    told++;
    return fails_now() ? SEVL_ERROR_CRYPTO : SEVL_OK;
}

enum sevl_result sevl_snp_page_append(uint8_t digest[SEVL_SNP_LAUNCH_DIGEST_SIZE],
                                      enum sevl_snp_page_type type, uint64_t address,
                                      const uint8_t *contents)
{
    size_t i = any_below(SEVL_SNP_LAUNCH_DIGEST_SIZE);
    PROVE(!failed && digest == firmware.digest && digest[i] == chain[i]);
    PROVE(type == SEVL_SNP_PAGE_NORMAL && told == (has_variants ? appended : 0));
    prove_page(appended, address, contents);
    appended++;
    __CPROVER_havoc_object(chain);
    memcpy(digest, chain, sizeof chain);
    return fails_now() ? SEVL_ERROR_CRYPTO : SEVL_OK;
}

static bool is_varied(const uint8_t *page, size_t size)
{
    bool is_varied = false;
    for (size_t i = 1; i < size; i++)
        is_varied = is_varied || page[i] != page[0];
    return is_varied;
}

/* The page that has come in part, if two of its bytes differ; and the hash of any uniform page. */
static void havoc_page(void)
{
    if (is_varied(image, came)) {
        firmware.page.state = SEVL_SHA384_OPEN;
        firmware.page.opaque[0] = came;
        firmware.page.opaque[1] = place < came ? image[place] : 0;
    }
    if (came > 0)
        firmware.byte = image[0];
    firmware.has_uniform = nondet_bool();
    firmware.uniform_byte = nondet_u8();
    put_model_hash(firmware.uniform_hash, SEVL_PAGE_SIZE, firmware.uniform_byte);
}

static void prove_page_in_part(const uint8_t *page, size_t in_page)
{
    bool is_open = is_varied(page, in_page);
    PROVE((firmware.page.state == SEVL_SHA384_OPEN) == is_open);
    PROVE(in_page == 0 || firmware.byte == page[0]);
    if (is_open)
        PROVE(firmware.page.opaque[0] == in_page &&
              firmware.page.opaque[1] == (place < in_page ? page[place] : 0));
    if (firmware.has_uniform)
        PROVE(is_hash_of(firmware.uniform_hash, SEVL_PAGE_SIZE, firmware.uniform_byte));
}

/* Any firmware that has come in part, `in_page` bytes of a page among it; or one not open. */
static void havoc_firmware(bool is_open, size_t in_page)
{
    __CPROVER_havoc_object(&firmware);
    __CPROVER_havoc_object(image);
    __CPROVER_havoc_object(chain);
    image_size = nondet_u64();
    done = nondet_u64();
    came = in_page;
    ASSUME(sevl_snp_firmware_size_is_valid(image_size));
    ASSUME(done <= UINT32_MAX && done * SEVL_PAGE_SIZE + came <= image_size);
    ASSUME(firmware.state != SEVL_SNP_FIRMWARE_OPEN);
    if (!is_open)
        return;
    has_variants = nondet_bool();
    firmware = (struct sevl_snp_firmware){.variants = has_variants ? &variants : NULL,
                                          .left = image_size - done * SEVL_PAGE_SIZE,
                                          .in_page = (uint32_t)came,
                                          .state = SEVL_SNP_FIRMWARE_OPEN};
    memcpy(firmware.digest, chain, sizeof chain);
    havoc_page();
    PROVE(sevl_snp_firmware_is_valid(&firmware));
}

/* What it was, it is again, after what came. */
static void prove_firmware(void)
{
    size_t i = any_below(sizeof chain);
    size_t in_page = came % SEVL_PAGE_SIZE;
    PROVE(sevl_snp_firmware_is_valid(&firmware) && firmware.state == SEVL_SNP_FIRMWARE_OPEN);
    PROVE(appended == came / SEVL_PAGE_SIZE && told == (has_variants ? appended : 0));
    PROVE(firmware.variants == (has_variants ? &variants : NULL));
    PROVE(firmware.left == image_size - (done + appended) * SEVL_PAGE_SIZE);
    PROVE(firmware.in_page == in_page && firmware.digest[i] == chain[i]);
    prove_page_in_part(image + came - in_page, in_page);
}

/* A step takes some of the bytes: all, or up to the end of a page. */
static void take(size_t in_page, size_t size)
{
    uint8_t memory[PIECE_MAX];
    const uint8_t *piece = ENDING(memory, size);
    size_t taken = size;
    havoc_firmware(true, in_page);
    ASSUME(size <= firmware.left - came);
    for (size_t i = 0; i < size; i++)
        image[came + i] = piece[i];
    came += size;

    enum sevl_result result = take_piece(&firmware, piece, &taken);

    REACHES(result == SEVL_OK && taken == 8 && size == PIECE_MAX);
    REACHES(result == SEVL_OK && firmware.has_uniform && appended == 1 && in_page == 3);
    REACHES(result == SEVL_ERROR_CRYPTO && appended == 1);
    REACHES(result == SEVL_OK && told == 2);
    PROVE(result == (failed ? SEVL_ERROR_CRYPTO : SEVL_OK));
    PROVE(taken > 0 && taken <= size);
    came -= size - taken;
    PROVE(taken == size || came % SEVL_PAGE_SIZE == 0);
    if (result == SEVL_OK)
        prove_firmware();
}

static void init(void)
{
    image_size = nondet_u64();
    __CPROVER_havoc_object(&firmware);
    bool is_good = image_size > 0 && image_size <= UINT64_C(1) << 32 && image_size % 4 == 0;

    enum sevl_result result = sevl_snp_firmware_init(&firmware, image_size);

    REACHES(result == SEVL_OK && image_size == UINT64_C(1) << 32);
    PROVE(result == (is_good ? SEVL_OK : SEVL_ERROR_LENGTH));
    if (result == SEVL_OK)
        prove_firmware();
    else
        prove_zero(&firmware, sizeof firmware);
}

static void finish(bool is_open, size_t in_page)
{
    uint8_t digest[SEVL_SNP_LAUNCH_DIGEST_SIZE];
    size_t i = any_below(sizeof digest);
    havoc_firmware(is_open, in_page);
    bool is_all = done * SEVL_PAGE_SIZE == image_size;

    enum sevl_result result = sevl_snp_firmware_finish(&firmware, digest);

    REACHES(result == SEVL_OK);
    REACHES(result == SEVL_ERROR_LENGTH && came == 0);
    PROVE(result == (!is_open ? SEVL_ERROR_STATE : !is_all ? SEVL_ERROR_LENGTH : SEVL_OK));
    PROVE(digest[i] == (result == SEVL_OK ? chain[i] : 0));
    prove_zero(&firmware, sizeof firmware);
}

int main(void)
{
    static const size_t sizes[] = {1, 3, 4, 5, PIECE_MAX};
    place = any_below(SEVL_PAGE_SIZE);
    can_fail = CASE >= 20;
    if (CASE < 20)
        take(CASE % 4, sizes[CASE / 4 % 5]);
    else if (CASE < 22)
        take(CASE == 20 ? 3 : 0, CASE == 20 ? 1 : 8);
    else if (CASE < 24)
        finish(CASE == 22, any_below(SEVL_PAGE_SIZE));
    else
        init();
}
