/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef SEVLAUNCH_COMPILER_H
#define SEVLAUNCH_COMPILER_H

/* A function with a frame of its own, which no caller takes in. */
#define SEVL_NOINLINE __attribute__((noinline))

/* A function that every caller takes in, whatever it is optimised for. */
#define SEVL_INLINE static inline __attribute__((always_inline))

#endif
