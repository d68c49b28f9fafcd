/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * What a diagnosis tries of kernel, initrd and command line, for any guest: each variant is
 * one that the command line has, the initrd is the given one unless a finding says that there
 * is none, no more blocks are hashed than were spent, and nothing is tried after the search is
 * over.
 *
 * With a tail of up to 1 byte, up to 1 blank, and 1 byte of each hash.
 */
#include "search_model.h"

#include <core/sev/diagnose_kernel.c>

static uint64_t hashed; /* blocks */
static bool is_quoted;
static bool has_no_initrd; /* the last stream that was finished was empty */
static size_t length;

bool sevl_constant_time_equal(const uint8_t *a, const uint8_t *b, size_t size)
{
    PROVE(b == reference.guest.kernel.cmdline && size == SEVL_SHA256_SIZE);
    return nondet_bool();
}

bool sevl_cmdline_is_quoted(const struct sevl_cmdline *cmdline)
{
    PROVE(cmdline == &reference.cmdline);
    return is_quoted;
}

enum sevl_result sevl_cmdline_hash_variant(const struct sevl_cmdline *cmdline,
                                           const struct sevl_cmdline_variant *variant,
                                           uint8_t hash[SEVL_SHA256_SIZE])
{
    PROVE(cmdline == &reference.cmdline && __CPROVER_w_ok(hash, SEVL_SHA256_SIZE));
    PROVE(variant->cut <= cmdline->tail_size && variant->blanks <= SEVL_CMDLINE_BLANKS_MAX);
    PROVE(!variant->is_unquoted || is_quoted);
    hashed += 3;
    PROVE(hashed <= blocks_allowed);
    return succeed_or_fail();
}

enum sevl_result sevl_sha256_init(struct sevl_sha256 *stream)
{
    length = 0;
    return succeed_or_fail();
}

enum sevl_result sevl_sha256_update(struct sevl_sha256 *stream, const void *data, size_t size)
{
    PROVE(size == 0 || __CPROVER_r_ok(data, size));
    length += size;
    return succeed_or_fail();
}

enum sevl_result sevl_sha256_finish(struct sevl_sha256 *stream, uint8_t hash[SEVL_SHA256_SIZE])
{
    PROVE(__CPROVER_w_ok(hash, SEVL_SHA256_SIZE) && length < 56);
    has_no_initrd = length == 0;
    hashed++;
    PROVE(hashed <= blocks_allowed);
    hash[0] = length == 0 ? reference.guest.kernel.initrd[0] ^ 0xff : nondet_u8();
    return succeed_or_fail();
}

static bool has(const struct sevl_trial *trial, enum sevl_mistake mistake)
{
    return trial_value(trial, mistake, 0) != trial_value(trial, mistake, 1) ? false : true;
}

static void check_guest(const struct sevl_trial *trial, const struct sevl_sev_guest *guest)
{
    const struct sevl_kernel_hashes *given = &reference.guest.kernel;
    bool is_exchanged = has(trial, SEVL_MISTAKE_KERNEL_EXCHANGED);
    bool is_absent = has(trial, SEVL_MISTAKE_INITRD);
    PROVE(guest->has_kernel == !has(trial, SEVL_MISTAKE_KERNEL_UNMEASURED));
    PROVE(guest->kernel.kernel[0] == (is_exchanged ? given->initrd[0] : given->kernel[0]));
    if (is_exchanged)
        PROVE(guest->kernel.initrd[0] == given->kernel[0]);
    else
        PROVE((guest->kernel.initrd[0] == given->initrd[0]) == !is_absent);
    PROVE(guest->cpus == reference.guest.cpus);
}

static void check_trial(const struct sevl_trial *trial)
{
    struct sevl_cmdline_variant variant =
        sevl_cmdline_variant_from_value(trial_value(trial, SEVL_MISTAKE_CMDLINE, 0));
    prove_launch_named(trial);
    PROVE(variant.cut <= reference.cmdline.tail_size && variant.blanks <= SEVL_CMDLINE_BLANKS_MAX);
    PROVE(!variant.is_unquoted || is_quoted);
    PROVE(trial->count <= 2);
}

int main(void)
{
    static bool (*const groups[])(struct sevl_search *) = {sevl_try_kernel_unmeasured,
                                                           sevl_try_kernel_exchanged,
                                                           sevl_try_no_initrd, sevl_try_cmdlines};
    make_any_launch();
    reference.guest.has_kernel = true;
    ASSUME(reference.cmdline.tail_size <= SEVL_CMDLINE_TAIL_SIZE);
    is_quoted = nondet_bool();
    search.with_others = nondet_bool();

    bool is_over = groups[CASE](&search);

    REACHES(!is_over && CASE == 0);
    REACHES(!is_over && CASE == 1);
    REACHES(!is_over && CASE == 2 && hashed == 1);
    REACHES(!is_over && CASE == 3 && is_quoted && reference.cmdline.tail_size > 0);
    REACHES(is_over && CASE == 3);
    PROVE(is_over == is_ended);
}
