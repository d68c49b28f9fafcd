/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * SHA-256 by a CPU's own instructions, or written for a CPU that has none, behind
 * Mbed TLS's functions, by the hook that its configuration offers for one block
 * (MBEDTLS_SHA256_PROCESS_ALT). A build chooses it; core/ does not know.
 */
#ifndef SEVLAUNCH_PORT_SHA256_H
#define SEVLAUNCH_PORT_SHA256_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct mbedtls_sha256_context;

/* Whether this CPU has the instructions. */
bool sha256_has_extensions(void);

/* The same, asked once: asking traps in a virtual machine. */
bool sha256_uses_extensions(void);

/* Take a block into the state of a context: with them, and with Mbed TLS's C code. */
int sha256_process_extensions(struct mbedtls_sha256_context *context, const unsigned char data[64]);
int sha256_process_c(struct mbedtls_sha256_context *context, const unsigned char data[64]);

/* Mbed TLS's mbedtls_sha256_update() where a port has one of its own before it. */
int sha256_update_rest(struct mbedtls_sha256_context *context, const unsigned char *data,
                       size_t size);

/* The constants of FIPS 180-4, section 4.2.2. */
extern const uint32_t sha256_k[64];

/* Takes a block into a state, in assembly language. Leaves neither on the stack. */
void sha256_process_words(uint32_t state[8], const unsigned char data[64]);

/* The hook. */
int mbedtls_internal_sha256_process(struct mbedtls_sha256_context *context,
                                    const unsigned char data[64]);

#endif
