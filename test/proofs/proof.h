/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The macros and functions that the proofs use. */
#ifndef SEVLAUNCH_PROOF_H
#define SEVLAUNCH_PROOF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Any value. */
bool nondet_bool(void);
int nondet_int(void);
uint8_t nondet_u8(void);
uint32_t nondet_u32(void);
uint64_t nondet_u64(void);
size_t nondet_size(void);

static inline size_t any_below(size_t end)
{
    size_t value = nondet_size();
    __CPROVER_assume(value < end);
    return value;
}

#define ASSUME(condition) __CPROVER_assume(condition)
#define PROVE(condition) __CPROVER_assert(condition, #condition)

/*
 * Some run must come here with the condition true, or the proof is vacuous: run.py
 * requires that this assertion fails.
 */
#ifdef MUTANT
#define REACHES(condition)
#else
#define REACHES(condition) __CPROVER_assert(!(condition), "reaches: " #condition)
#endif

static inline void prove_zero(const void *memory, size_t size)
{
    const uint8_t *bytes = memory;
    size_t i = any_below(size);
    PROVE(bytes[i] == 0);
}

/*
 * `size` bytes that end where their object ends, so that CBMC sees a read after them. Only
 * in the longest case they start where the object starts.
 */
#define ENDING(memory, size) ((memory) + sizeof(memory) / sizeof *(memory) - (size))

/* These truncate on purpose. */
#pragma CPROVER check push
#pragma CPROVER check disable "conversion"
#include <core/base/bytes.h>
#pragma CPROVER check pop

#endif
