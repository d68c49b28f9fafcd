/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Keys and signatures on P-384 as OpenSSL reads and verifies them. */
#ifndef SEVLAUNCH_FUZZ_P384_MODEL_H
#define SEVLAUNCH_FUZZ_P384_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A key is x then y, a signature r then s: numbers of 48 bytes, most significant first. */

/* Reads a SubjectPublicKeyInfo. Returns true if it is the one DER of an uncompressed point. */
bool p384_model_key(uint8_t key[96], const uint8_t *der, size_t size);

/* Reads a signature in DER. Returns true if it is the one DER of its two numbers. */
bool p384_model_signature(uint8_t signature[96], const uint8_t *der, size_t size);

/* Is the key a point of the curve? */
bool p384_model_is_point(const uint8_t key[96]);

/* Is it the signature of the bytes, with SHA-384? */
bool p384_model_verify(const uint8_t key[96], const uint8_t signature[96], const void *bytes,
                       size_t size);

#endif
