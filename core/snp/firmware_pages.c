/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include <string.h>

#include "base/assert.h"
#include "crypto/sha384_pages.h"
#include "sevlaunch/wipe.h"
#include "snp/collect.h"
#include "snp/page.h"

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

static enum sevl_result take_whole_pages(struct sevl_snp_firmware *firmware, const uint8_t *pages,
                                         size_t count)
{
    uint8_t hashes[SEVL_SHA384_PAGES_MAX][SEVL_SHA384_SIZE];
    enum sevl_result result = sevl_sha384_pages(pages, count, hashes);
    for (size_t i = 0; i < count && result == SEVL_OK; i++)
        result = append_page(firmware, hashes[i]);
    return result;
}

static enum sevl_result finish_page(struct sevl_snp_firmware *firmware)
{
    uint8_t hash[SEVL_SHA384_SIZE];
    firmware->in_page = 0;
    enum sevl_result result = sevl_sha384_finish(&firmware->page, hash);
    return result == SEVL_OK ? append_page(firmware, hash) : result;
}

static enum sevl_result take_page_part(struct sevl_snp_firmware *firmware, const uint8_t *part,
                                       size_t size)
{
    enum sevl_result result = SEVL_OK;
    if (firmware->in_page == 0)
        result = sevl_sha384_init(&firmware->page);
    if (result == SEVL_OK)
        result = sevl_sha384_update(&firmware->page, part, size);
    firmware->in_page += (uint32_t)size;
    if (result == SEVL_OK && firmware->in_page == SEVL_PAGE_SIZE)
        result = finish_page(firmware);
    return result;
}

/* Takes whole pages where a page begins, else what the page lacks; returns how much. */
static size_t next_piece(const struct sevl_snp_firmware *firmware, size_t size)
{
    size_t most = SEVL_PAGE_SIZE - firmware->in_page;
    if (firmware->in_page == 0 && size >= SEVL_PAGE_SIZE) {
        size_t pages = size / SEVL_PAGE_SIZE;
        most = (pages < SEVL_SHA384_PAGES_MAX ? pages : SEVL_SHA384_PAGES_MAX) * SEVL_PAGE_SIZE;
    }
    return size < most ? size : most;
}

static enum sevl_result take_piece(struct sevl_snp_firmware *firmware, const uint8_t *piece,
                                   size_t size)
{
    if (firmware->in_page == 0 && size >= SEVL_PAGE_SIZE)
        return take_whole_pages(firmware, piece, size / SEVL_PAGE_SIZE);
    return take_page_part(firmware, piece, size);
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
        size_t piece = next_piece(firmware, size);
        enum sevl_result result = take_piece(firmware, bytes, piece);
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
