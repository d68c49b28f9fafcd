/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Each type that has an invariant has an is_valid beside it. Contexts (stream, command line,
 * tail, secret table) come from the core alone: builds without NDEBUG assert theirs, and
 * test/proofs assumes it of what comes in and proves it of what is left. A guest, reference
 * values and scratch are put together by the caller: the functions that take them look in
 * every build, and the proofs assume nothing.
 */
#ifndef SEVLAUNCH_ASSERT_H
#define SEVLAUNCH_ASSERT_H

#if defined(__GNUC__) && !defined(NDEBUG)
#define SEVL_ASSERT(condition) ((condition) ? (void)0 : __builtin_trap())
#else
#define SEVL_ASSERT(condition) ((void)0)
#endif

#endif
