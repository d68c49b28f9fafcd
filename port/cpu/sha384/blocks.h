/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * SHA-512's block function (FIPS 180-4, section 6.4.2), which SHA-384 has, too, for x86-64.
 * What launches and reports of SEV-SNP hash is public: these functions leave it on the stack and
 * in registers.
 */
#ifndef SEVLAUNCH_CPU_SHA512_BLOCKS_H
#define SEVLAUNCH_CPU_SHA512_BLOCKS_H

#include <stddef.h>
#include <stdint.h>

#define SEVL_SHA512_BLOCK 128
#define SEVL_SHA512_LANES 8

/* Take blocks that follow each other into a state: for every x86-64, and with BMI2 and SSSE3. */
void sevl_sha512_process_plain(uint64_t state[8], const uint8_t *data, size_t blocks);
void sevl_sha512_process_bmi2(uint64_t state[8], const uint8_t *data, size_t blocks);

/* The one of them that this CPU has. */
void sevl_sha512_process_blocks(uint64_t state[8], const uint8_t *data, size_t blocks);

/*
 * With AVX-512: takes `blocks` blocks of each of eight messages into eight states. Word w of the
 * state of message m is state[w][m].
 */
void sevl_sha512_process_lanes(uint64_t state[8][SEVL_SHA512_LANES],
                               const uint8_t *const messages[SEVL_SHA512_LANES], size_t blocks);

#endif
