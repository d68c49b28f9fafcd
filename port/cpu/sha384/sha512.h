/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The block function of SHA-512 and SHA-384 (FIPS 180-4, section 6.4.2). */
#ifndef SEVLAUNCH_CPU_SHA512_H
#define SEVLAUNCH_CPU_SHA512_H

#include <stdint.h>

/* The constants of FIPS 180-4, section 4.2.3. */
extern const uint64_t sevl_sha512_k[80];

/*
 * Adds a block to the state. It keeps the last 16 words of the message schedule, or 24 in
 * assembly, and not all 80, so that it needs little stack, and few copies of a round, so that it
 * is small.
 */
void sevl_sha512_process_words(uint64_t state[8], const uint8_t block[128]);

#endif
