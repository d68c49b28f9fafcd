/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * SHA-256 by a CPU's own instructions, or in assembly for a CPU that has none. Mbed TLS's
 * functions call it by the hook that its configuration has for one block
 * (MBEDTLS_SHA256_PROCESS_ALT). A build chooses it; core/ does not know of it.
 */
#ifndef SEVLAUNCH_PORT_SHA256_H
#define SEVLAUNCH_PORT_SHA256_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct mbedtls_sha256_context;

/* Returns true if this CPU has the instructions. */
bool sevl_sha256_has_extensions(void);

/* The same, but asks the CPU only once: in a virtual machine, each time costs a trap. */
bool sevl_sha256_uses_extensions(void);

/* Take a block into the state of a context: by these instructions; by Mbed TLS's C code. */
int sevl_sha256_process_extensions(struct mbedtls_sha256_context *context,
                                   const unsigned char data[64]);
int sevl_sha256_process_c(struct mbedtls_sha256_context *context, const unsigned char data[64]);

/* Mbed TLS's mbedtls_sha256_update(), where x86_64.c has its own. See mbedtls_update.c. */
int sevl_sha256_update_rest(struct mbedtls_sha256_context *context, const unsigned char *data,
                            size_t size);

/* The constants of FIPS 180-4, section 4.2.2. */
extern const uint32_t sevl_sha256_k[64];

/* Takes a block into a state, in assembly. Leaves neither of them on the stack. */
void sevl_sha256_process_words(uint32_t state[8], const unsigned char data[64]);

#endif
