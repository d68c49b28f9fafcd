/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sevl_snp_firmware_update, for images of any size of which any part has come, and up to 13 bytes:
 * its steps get all bytes once and in order, where they are no more than the image has left. What
 * is too long, fails, or is not open, is an error, and leaves nothing. What a step does is another
 * proof: snp_firmware. With 4 in place of 4096 bytes of a page.
 */
#include "proof.h"

#include <core/snp/firmware_pages.c>

#define PIECE_MAX 13

static struct sevl_snp_firmware firmware;
static const uint8_t *next;
static size_t left;
static bool failed;

void sevl_wipe(void *memory, size_t size)
{
    if (size > 0)
        memset(memory, 0, size);
}

/* Takes one byte or more, and keeps the firmware valid. */
enum sevl_result take_piece(struct sevl_snp_firmware *to, const uint8_t *piece, size_t *size)
{
    PROVE(!failed && to == &firmware && piece == next && *size == left && left > 0);
    PROVE(left <= firmware.left - firmware.in_page);
    size_t taken = 1 + any_below(left);
    uint64_t in_page = firmware.in_page + taken;
    firmware.in_page = (uint32_t)(in_page % SEVL_PAGE_SIZE);
    firmware.left -= in_page - firmware.in_page;
    next += taken;
    left -= taken;
    *size = taken;
    failed = nondet_bool();
    return failed ? SEVL_ERROR_CRYPTO : SEVL_OK;
}

int main(void)
{
    uint8_t memory[PIECE_MAX];
    size_t size = any_below(PIECE_MAX + 1);
    const uint8_t *piece = ENDING(memory, size);
    __CPROVER_havoc_object(&firmware);
    ASSUME(sevl_snp_firmware_is_valid(&firmware));
    firmware.page.state = 0;
    ASSUME(sevl_snp_firmware_is_valid(&firmware));
    bool is_open = firmware.state == SEVL_SNP_FIRMWARE_OPEN;
    bool fits = size <= firmware.left - firmware.in_page;
    next = piece;
    left = size;

    enum sevl_result result =
        sevl_snp_firmware_update(&firmware, size == 0 && nondet_bool() ? NULL : piece, size);

    REACHES(result == SEVL_OK && size == PIECE_MAX && firmware.left == 0);
    REACHES(result == SEVL_ERROR_CRYPTO && left == 0);
    PROVE(result == (!is_open ? SEVL_ERROR_STATE
                     : !fits  ? SEVL_ERROR_LENGTH
                     : failed ? SEVL_ERROR_CRYPTO
                              : SEVL_OK));
    PROVE(result != SEVL_OK || (left == 0 && sevl_snp_firmware_is_valid(&firmware)));
    if (result != SEVL_OK)
        prove_zero(&firmware, sizeof firmware);
}
