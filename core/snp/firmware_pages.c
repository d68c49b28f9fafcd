/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include <string.h>

#include "base/assert.h"
#include "crypto/sha384_pages.h"
#include "sevlaunch/wipe.h"
#include "snp/collect.h"
#include "snp/page.h"
#include "snp/uniform.h"

/* Of a page, enough to tell most of those apart whose bytes are all the same. */
#define PAGE_START 64

static enum sevl_result fail_firmware(struct sevl_snp_firmware *firmware, enum sevl_result result)
{
    sevl_wipe(firmware, sizeof *firmware);
    return result;
}

enum sevl_result sevl_snp_firmware_init(struct sevl_snp_firmware *firmware, uint64_t size)
{
    sevl_wipe(firmware, sizeof *firmware);
    if (!sevl_snp_firmware_size_is_valid(size))
        return SEVL_ERROR_LENGTH;
    firmware->left = size;
    firmware->state = SEVL_SNP_FIRMWARE_OPEN;
    SEVL_ASSERT(sevl_snp_firmware_is_valid(firmware));
    return SEVL_OK;
}

/* The image ends at 4 GiB: `left` tells where the next byte lies. */
static enum sevl_result append_page(struct sevl_snp_firmware *firmware,
                                    const uint8_t hash[SEVL_SHA384_SIZE])
{
    uint64_t address = SEVL_SNP_FIRMWARE_SIZE_MAX - firmware->left;
    firmware->left -= SEVL_PAGE_SIZE;
    enum sevl_result result =
        sevl_snp_page_append(firmware->digest, SEVL_SNP_PAGE_NORMAL, address, hash);
    if (result != SEVL_OK || firmware->variants == NULL)
        return result;
    return sevl_snp_collect_page(firmware->variants, address, hash);
}

static enum sevl_result hash_uniform_page(struct sevl_snp_firmware *firmware)
{
    if (firmware->has_uniform && firmware->uniform_byte == firmware->byte)
        return SEVL_OK;
    firmware->has_uniform = true;
    firmware->uniform_byte = firmware->byte;
    return sevl_snp_hash_uniform(firmware->byte, firmware->uniform_hash);
}

static enum sevl_result append_uniform_page(struct sevl_snp_firmware *firmware)
{
    enum sevl_result result = hash_uniform_page(firmware);
    return result == SEVL_OK ? append_page(firmware, firmware->uniform_hash) : result;
}

static enum sevl_result append_open_page(struct sevl_snp_firmware *firmware)
{
    uint8_t hash[SEVL_SHA384_SIZE];
    enum sevl_result result = sevl_sha384_finish(&firmware->page, hash);
    return result == SEVL_OK ? append_page(firmware, hash) : result;
}

static bool is_page_open(const struct sevl_snp_firmware *firmware)
{
    return firmware->page.state == SEVL_SHA384_OPEN;
}

static enum sevl_result finish_page(struct sevl_snp_firmware *firmware)
{
    firmware->in_page = 0;
    return is_page_open(firmware) ? append_open_page(firmware) : append_uniform_page(firmware);
}

/* Until now the bytes of the page were all the same: it has them still to hash. */
static enum sevl_result open_page(struct sevl_snp_firmware *firmware)
{
    enum sevl_result result = sevl_sha384_init(&firmware->page);
    if (result != SEVL_OK)
        return result;
    return sevl_snp_append_uniform(&firmware->page, firmware->byte, firmware->in_page);
}

static enum sevl_result take_page_part(struct sevl_snp_firmware *firmware, const uint8_t *part,
                                       size_t size)
{
    enum sevl_result result = SEVL_OK;
    if (firmware->in_page == 0)
        firmware->byte = part[0];
    if (!is_page_open(firmware) && !sevl_snp_is_uniform(part, size, firmware->byte))
        result = open_page(firmware);
    if (result == SEVL_OK && is_page_open(firmware))
        result = sevl_sha384_update(&firmware->page, part, size);
    firmware->in_page += (uint32_t)size;
    if (result == SEVL_OK && firmware->in_page == SEVL_PAGE_SIZE)
        result = finish_page(firmware);
    return result;
}

/* Returns how many pages follow each other that need to be hashed by the looks of their start. */
static size_t count_varied_pages(const uint8_t *bytes, size_t size)
{
    size_t count = 0;
    while (count < SEVL_SHA384_PAGES_MAX && size >= SEVL_PAGE_SIZE &&
           !sevl_snp_is_uniform(bytes, PAGE_START, bytes[0])) {
        count++;
        bytes += SEVL_PAGE_SIZE;
        size -= SEVL_PAGE_SIZE;
    }
    return count;
}

static enum sevl_result take_varied_pages(struct sevl_snp_firmware *firmware, const uint8_t *pages,
                                          size_t count)
{
    uint8_t hashes[SEVL_SHA384_PAGES_MAX][SEVL_SHA384_SIZE];
    enum sevl_result result = sevl_sha384_pages(pages, count, hashes);
    for (size_t i = 0; i < count && result == SEVL_OK; i++)
        result = append_page(firmware, hashes[i]);
    return result;
}

/* Takes several pages, or what one page lacks; changes `size` to how much it took. */
static enum sevl_result take_piece(struct sevl_snp_firmware *firmware, const uint8_t *piece,
                                   size_t *size)
{
    size_t most = SEVL_PAGE_SIZE - firmware->in_page;
    size_t pages = firmware->in_page == 0 ? count_varied_pages(piece, *size) : 0;
    if (pages > 0) {
        *size = pages * SEVL_PAGE_SIZE;
        return take_varied_pages(firmware, piece, pages);
    }
    if (*size > most)
        *size = most;
    return take_page_part(firmware, piece, *size);
}

enum sevl_result sevl_snp_firmware_update(struct sevl_snp_firmware *firmware, const void *data,
                                          size_t size)
{
    const uint8_t *bytes = data;
    if (firmware->state != SEVL_SNP_FIRMWARE_OPEN)
        return fail_firmware(firmware, SEVL_ERROR_STATE);
    if (size > firmware->left - firmware->in_page)
        return fail_firmware(firmware, SEVL_ERROR_LENGTH);
    while (size > 0) {
        size_t piece = size;
        enum sevl_result result = take_piece(firmware, bytes, &piece);
        if (result != SEVL_OK)
            return fail_firmware(firmware, result);
        bytes += piece;
        size -= piece;
    }
    SEVL_ASSERT(sevl_snp_firmware_is_valid(firmware));
    return SEVL_OK;
}

enum sevl_result sevl_snp_firmware_finish(struct sevl_snp_firmware *firmware,
                                          uint8_t digest[SEVL_SNP_LAUNCH_DIGEST_SIZE])
{
    memset(digest, 0, SEVL_SNP_LAUNCH_DIGEST_SIZE);
    if (firmware->state != SEVL_SNP_FIRMWARE_OPEN)
        return fail_firmware(firmware, SEVL_ERROR_STATE);
    if (firmware->left != 0)
        return fail_firmware(firmware, SEVL_ERROR_LENGTH);
    memcpy(digest, firmware->digest, SEVL_SNP_LAUNCH_DIGEST_SIZE);
    sevl_wipe(firmware, sizeof *firmware);
    return SEVL_OK;
}
