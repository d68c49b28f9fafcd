/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * What a diagnosis of a launch digest tries of kernel, initrd and command line, for any guest: only
 * what is named differs from what was given, and each hash is of what the finding says; each
 * variant of the command line is tried with the initrd and without, the command line is read only
 * if it is open, and nothing is tried after the search is over.
 *
 * With up to 3 variants of a command line, any ones.
 */
#include "digest_search_model.h"

#include <core/snp/diagnose_kernel_hashes.c>

static struct sevl_cmdline_variant wanted;
static bool is_listed; /* it was taken, of the list */
static size_t listed;
static uint32_t found; /* trials of it */
static uint32_t without_initrd;
static size_t length; /* of the stream that is open */
static uint8_t last;  /* its last byte */
static bool is_open;

static bool is_wanted(uint32_t value)
{
    return value == sevl_cmdline_variant_to_value(wanted);
}

static void make_variant(struct sevl_cmdline_variant *variant)
{
    static const enum sevl_cmdline_ending endings[] = {SEVL_CMDLINE_NEWLINE, SEVL_CMDLINE_CRLF,
                                                       SEVL_CMDLINE_NUL, SEVL_CMDLINE_NO_NUL,
                                                       SEVL_CMDLINE_NOTHING};
    variant->is_unquoted = nondet_bool();
    variant->cut = nondet_u8();
    variant->blanks = nondet_u8();
    variant->ending = endings[any_below(5)];
}

bool sevl_cmdline_variant_at(const struct sevl_cmdline *cmdline, uint32_t number,
                             struct sevl_cmdline_variant *variant)
{
    PROVE(cmdline == &reference.cmdline && cmdline->head.state == SEVL_SHA256_OPEN);
    PROVE(number == listed && !is_ended);
    if (listed == 3)
        return false;
    make_variant(variant);
    if (listed == 1)
        *variant = wanted;
    is_listed = is_listed || is_wanted(sevl_cmdline_variant_to_value(*variant));
    listed++;
    return true;
}

enum sevl_result sevl_cmdline_hash_variant(const struct sevl_cmdline *cmdline,
                                           const struct sevl_cmdline_variant *variant,
                                           uint8_t hash[SEVL_SHA256_SIZE])
{
    PROVE(cmdline == &reference.cmdline);
    PROVE(listed != 2 || is_wanted(sevl_cmdline_variant_to_value(*variant)));
    hash[place] = CMDLINE_BYTE;
    return succeed_or_fail();
}

enum sevl_result sevl_sha256_init(struct sevl_sha256 *stream)
{
    length = 0;
    is_open = true;
    return succeed_or_fail();
}

enum sevl_result sevl_sha256_update(struct sevl_sha256 *stream, const void *data, size_t size)
{
    PROVE(is_open && (size == 0 || __CPROVER_r_ok(data, size)));
    length += size;
    if (size > 0)
        last = ((const uint8_t *)data)[size - 1];
    return succeed_or_fail();
}

enum sevl_result sevl_sha256_finish(struct sevl_sha256 *stream, uint8_t hash[SEVL_SHA256_SIZE])
{
    PROVE(is_open && __CPROVER_w_ok(hash, SEVL_SHA256_SIZE));
    PROVE(length == 0 || (length == 1 && last == 0));
    is_open = false;
    hash[place] = length == 0 ? EMPTY_BYTE : NUL_BYTE;
    return succeed_or_fail();
}

static void check_trial(const struct sevl_snp_trial *trial)
{
    static const enum sevl_snp_mistake mistakes[] = {SEVL_SNP_MISTAKE_KERNEL_UNMEASURED,
                                                     SEVL_SNP_MISTAKE_KERNEL_EXCHANGED,
                                                     SEVL_SNP_MISTAKE_INITRD,
                                                     SEVL_SNP_MISTAKE_HASHES_FIRST};
    uint64_t value = named(trial, SEVL_SNP_MISTAKE_CMDLINE, UINT64_MAX);
    bool is_absent = has(trial, SEVL_SNP_MISTAKE_CMDLINE_ABSENT);
    PROVE(trial->cpus_max == 0 && trial->count <= 2);
    if (CASE < 4)
        PROVE(trial->count == 1 && has(trial, mistakes[CASE]) && trial->finding[0].value == 0);
    else
        PROVE((value != UINT64_MAX) != is_absent);
    if (CASE == 4 && trial->count == 2)
        PROVE(has(trial, SEVL_SNP_MISTAKE_INITRD));
    without_initrd += CASE == 4 && trial->count == 2 ? 1 : 0;
    if (value != UINT64_MAX && is_wanted((uint32_t)value)) {
        PROVE(is_listed);
        found++;
    }
}

int main(void)
{
    static bool (*const groups[])(
        struct sevl_snp_search *) = {sevl_snp_try_kernel_unmeasured, sevl_snp_try_kernel_exchanged,
                                     sevl_snp_try_no_initrd, sevl_snp_try_hashes_first,
                                     sevl_snp_try_cmdlines};
    make_any_launch();
    reference.guest.has_kernel = true;
    make_variant(&wanted);
    bool can_list = reference.cmdline.head.state == SEVL_SHA256_OPEN;

    bool is_over = groups[CASE](&search);

    REACHES(!is_over && CASE == 0);
    REACHES(!is_over && CASE == 1);
    REACHES(!is_over && CASE == 2);
    REACHES(!is_over && CASE == 3);
    REACHES(!is_over && CASE == 4 && tries == 8);
    REACHES(!is_over && CASE == 4 && tries == 2 && !can_list);
    REACHES(is_over && CASE == 4 && found == 1);
    PROVE(is_over == is_ended);
    PROVE(is_over || CASE == 4 || tries == 1);
    PROVE(is_over || CASE != 4 || tries == (can_list ? 8 : 2));
    PROVE(is_over || CASE != 4 || without_initrd * 2 == tries);
    PROVE(is_over || CASE != 4 || !can_list || (found >= 2 && found % 2 == 0));
}
