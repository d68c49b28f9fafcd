/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * What holds of each type between calls, written once. Contexts (digest, command line,
 * tail, secret table) come from these functions alone: builds without NDEBUG assert it,
 * and test/proofs assumes it of what comes in and proves it of what is left. A guest, its
 * evidence and scratch memory are put together by the caller: the functions that take
 * them look in every build, and the proofs assume nothing.
 */
#ifndef SEVLAUNCH_VALID_H
#define SEVLAUNCH_VALID_H

#include "bytes.h"
#include "sevlaunch/diagnose.h"
#include "sevlaunch/footer.h"
#include "sevlaunch/launch_info.h"
#include "sevlaunch/secret.h"

#if defined(__GNUC__) && !defined(NDEBUG)
#define SEVL_ASSERT(condition) ((condition) ? (void)0 : __builtin_trap())
#else
#define SEVL_ASSERT(condition) ((void)0)
#endif

/* Marks a digest that takes input: far from 0, which wiped memory holds. */
#define SEVL_DIGEST_OPEN UINT32_C(0x6b1ee93d)

/* Open or wiped, once a function has returned; what comes in may be anything. */
static inline bool sevl_digest_is_valid(const struct sevl_digest *digest)
{
    uint32_t any = digest->state;
    for (size_t i = 0; i < sizeof digest->sha256.opaque / sizeof *digest->sha256.opaque; i++)
        any |= digest->sha256.opaque[i];
    return digest->state == SEVL_DIGEST_OPEN || any == 0;
}

/* As its digest, without a last byte where there is none; wiped, it is zero. */
static inline bool sevl_cmdline_is_valid(const struct sevl_cmdline *cmdline)
{
    bool is_open = cmdline->head.state == SEVL_DIGEST_OPEN;
    return sevl_digest_is_valid(&cmdline->head) && (is_open || !cmdline->has_last) &&
           (cmdline->has_last || cmdline->last == 0);
}

static inline bool sevl_tail_is_valid(const struct sevl_tail *tail)
{
    return tail->size <= SEVL_TAIL_SIZE;
}

static inline bool sevl_scratch_is_valid(struct sevl_scratch scratch)
{
    return scratch.bytes != NULL && scratch.size > 0;
}

/* Where a page is given for CPU 0, one is for the others. */
static inline bool sevl_guest_is_valid(const struct sevl_guest *guest)
{
    return guest->cpus <= SEVL_CPUS_MOST &&
           (guest->cpus < 2 || guest->vmsa_cpu0 == NULL || guest->vmsa_cpu1 != NULL);
}

/* A digest that is not open is told; the guest is used when there is firmware. */
static inline bool sevl_evidence_is_valid(const struct sevl_evidence *evidence)
{
    return !evidence->has_firmware || sevl_guest_is_valid(&evidence->guest);
}

/* Absent values are zeros. */
static inline bool sevl_launch_info_is_valid(const struct sevl_launch_info *info)
{
    return (info->has_api_major || info->launch.api_major == 0) &&
           (info->has_api_minor || info->launch.api_minor == 0) &&
           (info->has_build || info->launch.build == 0) &&
           (info->has_policy || info->launch.policy == 0);
}

static inline bool sevl_findings_is_valid(const struct sevl_findings *findings)
{
    return findings->count <= SEVL_FINDINGS_MOST;
}

/* Each entry, 20 bytes or more of GUID, length and data, ends within the table. */
static inline bool sevl_secret_entries_are_valid(const uint8_t *buffer, uint32_t size)
{
    uint32_t at = 20;
    while (at < size) {
        uint32_t length = size - at < 20 ? 0 : sevl_get32(buffer + at + SEVL_GUID_SIZE);
        if (length < 20 || length > size - at)
            return false;
        at += length;
    }
    return at == size;
}

/* Zero, or begun: then there is room for the most padding. */
static inline bool sevl_secret_table_is_valid(const struct sevl_secret_table *table,
                                              const uint8_t *buffer)
{
    if (table->size == 0)
        return table->capacity == 0;
    return table->capacity <= SEVL_SECRET_MOST && table->size <= table->capacity &&
           table->size - table->size % 16 + 16 <= table->capacity &&
           sevl_secret_entries_are_valid(buffer, table->size);
}

#endif
