/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * What a diagnosis tries of the firmware, for any size of it: the zeros that are appended are
 * those that fill its last page, and that the finding counts; a store is left out only if code
 * follows it; no more blocks are hashed than were spent, and nothing is tried after the search
 * is over.
 *
 * With pages of 256 bytes, and stores of 1 and 2 bytes.
 */
#include "search_model.h"

#include <core/sev/diagnose_firmware.c>

const uint32_t sevl_variable_store_sizes[SEVL_VARIABLE_STORES] = {1, 2};

static uint64_t appended; /* zeros */
static uint32_t tries;
static struct sevl_firmware_code code;

enum sevl_result sevl_sha256_update(struct sevl_sha256 *stream, const void *data, size_t size)
{
    size_t i = any_below(size);
    PROVE(__CPROVER_r_ok(data, size) && ((const uint8_t *)data)[i] == 0);
    appended += size;
    PROVE(appended <= (uint64_t)64 * blocks_allowed);
    return succeed_or_fail();
}

static void check_guest(const struct sevl_trial *trial, const struct sevl_sev_guest *guest)
{
    uint32_t store = trial_value(trial, SEVL_MISTAKE_VARIABLE_STORE, 0);
    uint32_t missing = trial_value(trial, SEVL_MISTAKE_FIRMWARE_PADDED, 0);
    PROVE(missing == appended && (store == 0 || store < code.size));
    PROVE(missing == 0 || (reference.firmware_size + missing) % SEVL_PAGE_SIZE == 0);
    PROVE(missing < SEVL_PAGE_SIZE);
    if (store != 0)
        PROVE(guest->firmware.opaque[0] == code.after_store[store - 1].opaque[0]);
    else
        PROVE(missing > 0);
}

static void check_trial(const struct sevl_trial *trial)
{
    prove_launch_named(trial);
    PROVE(trial->count == 1);
    tries++;
}

int main(void)
{
    make_any_launch();
    __CPROVER_havoc_object(&code);
    reference.firmware_code = &code;
    ASSUME(reference.firmware_size % SEVL_PAGE_SIZE != 0);
    ASSUME(reference.firmware_size < UINT64_MAX - SEVL_PAGE_SIZE);

    bool is_over = CASE == 0 ? sevl_try_padding(&search) : sevl_try_firmware_code(&search);

    REACHES(!is_over && appended == 255);
    REACHES(!is_over && tries == 2);
    PROVE(is_over == is_ended);
    PROVE(is_over || tries == (CASE == 0 || code.size == 2 ? 1 : code.size < 2 ? 0 : 2));
}
