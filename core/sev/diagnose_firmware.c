/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What a diagnosis tries of the firmware. */
#include "diagnose_groups.h"

static enum sevl_result append_zeros(struct sevl_sha256 *stream, uint32_t size)
{
    static const uint8_t zeros[SEVL_BLOCK_SIZE];
    enum sevl_result result = SEVL_OK;
    for (uint32_t left = size; left > 0 && result == SEVL_OK;) {
        uint32_t part = left < sizeof zeros ? left : (uint32_t)sizeof zeros;
        result = sevl_sha256_update(stream, zeros, part);
        left -= part;
    }
    return result;
}

bool sevl_try_padding(struct sevl_search *search)
{
    struct sevl_sev_guest guest = sevl_search_guest(search);
    uint32_t rest = (uint32_t)(search->reference->firmware_size % SEVL_PAGE_SIZE);
    uint32_t missing = SEVL_PAGE_SIZE - rest;
    if (sevl_search_spend(search, SEVL_PAGE_BLOCKS) ||
        sevl_search_is_over(search, append_zeros(&guest.firmware, missing)))
        return true;
    return sevl_try_guest_with(search, sevl_search_trial(search), &guest,
                               (struct sevl_finding){SEVL_MISTAKE_FIRMWARE_PADDED, missing});
}

/* Of a store that is all of the file, there is no code. */
bool sevl_try_firmware_code(struct sevl_search *search)
{
    const struct sevl_firmware_code *code = search->reference->firmware_code;
    struct sevl_sev_guest guest = sevl_search_guest(search);
    for (uint32_t i = 0; i < SEVL_VARIABLE_STORES; i++) {
        const struct sevl_finding store = {SEVL_MISTAKE_VARIABLE_STORE,
                                           sevl_variable_store_sizes[i]};
        guest.firmware = code->after_store[i];
        if (code->size > store.value &&
            sevl_try_guest_with(search, sevl_search_trial(search), &guest, store))
            return true;
    }
    return false;
}
