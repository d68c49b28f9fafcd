/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The ID block of a SEV-SNP guest, with which its owner lets the secure processor refuse
 * any other launch digest, and the ID authentication page that holds its signatures (AMD
 * 56860, tables "ID_BLOCK" and "ID_AUTH_INFO"). Private keys stay where they are: blocks go
 * out to be signed, and signatures come back. See sevlaunch.h for the conventions.
 */
#ifndef SEVLAUNCH_SNP_ID_BLOCK_H
#define SEVLAUNCH_SNP_ID_BLOCK_H

#include "../p384.h"
#include "launch_digest.h"

#ifdef __cplusplus
extern "C" {
#endif

#define SEVL_SNP_ID_BLOCK_SIZE 96
#define SEVL_SNP_ID_AUTH_SIZE 4096
#define SEVL_SNP_ID_KEY_SIZE 1028 /* a public key as the secure processor takes it */

struct sevl_snp_id_block {
    uint8_t launch_digest[SEVL_SNP_LAUNCH_DIGEST_SIZE];
    uint8_t family_id[16];
    uint8_t image_id[16];
    uint32_t guest_svn;
    uint64_t policy;
};

/* Writes the block, which the ID key signs: ECDSA on P-384 with SHA-384. */
void sevl_snp_id_block_write(const struct sevl_snp_id_block *block,
                             uint8_t bytes[SEVL_SNP_ID_BLOCK_SIZE]);

/* Writes a public key in the form which the author key signs in the same way. */
void sevl_snp_id_key_write(const uint8_t key[SEVL_P384_KEY_SIZE],
                           uint8_t bytes[SEVL_SNP_ID_KEY_SIZE]);

/*
 * Computes the digest of a public key that a report tells as ID_KEY_DIGEST or
 * AUTHOR_KEY_DIGEST.
 * Returns SEVL_OK, or SEVL_ERROR_CRYPTO if Mbed TLS failed.
 */
SEVL_CHECK enum sevl_result sevl_snp_id_key_digest(const uint8_t key[SEVL_P384_KEY_SIZE],
                                                   uint8_t digest[SEVL_SHA384_SIZE]);

/*
 * Reads a public key on P-384 in DER: a SubjectPublicKeyInfo with an uncompressed point.
 * Returns SEVL_OK, or SEVL_ERROR_ENCODING if it is anything else.
 */
SEVL_CHECK enum sevl_result sevl_snp_id_key_read(uint8_t key[SEVL_P384_KEY_SIZE], const void *der,
                                                 size_t size);

/* r then s, most significant byte first. */
#define SEVL_P384_SIGNATURE_SIZE 96

/*
 * Reads a signature: r and s of 48 bytes each, as PKCS#11 gives them, or in DER.
 * Returns SEVL_OK, or SEVL_ERROR_ENCODING if it is neither.
 */
SEVL_CHECK enum sevl_result sevl_snp_id_signature_read(uint8_t signature[SEVL_P384_SIGNATURE_SIZE],
                                                       const void *bytes, size_t size);

/* The memory that a verification works in; only the library looks inside. */
struct sevl_snp_id_memory {
    uint64_t opaque[181];
};

/*
 * Verifies the signature of some bytes: a block under the ID key, or this key as
 * sevl_snp_id_key_write() writes it under the author key.
 * Returns SEVL_MATCH; SEVL_MISMATCH if it is not that of the key; SEVL_ERROR_ENCODING if the
 * key is no point of the curve; or SEVL_ERROR_CRYPTO if Mbed TLS failed.
 */
SEVL_CHECK enum sevl_result
sevl_snp_id_signature_verify(const uint8_t signature[SEVL_P384_SIGNATURE_SIZE],
                             const uint8_t key[SEVL_P384_KEY_SIZE], const void *bytes, size_t size,
                             struct sevl_snp_id_memory *memory);

/* A key, and its signature of what it vouches for. */
struct sevl_snp_id_signer {
    uint8_t key[SEVL_P384_KEY_SIZE];
    uint8_t signature[SEVL_P384_SIGNATURE_SIZE];
};

/*
 * Writes the page: the ID key with its signature of the block, and the author key with its
 * signature of the ID key, or NULL. Signatures are not verified here.
 */
void sevl_snp_id_auth_write(const struct sevl_snp_id_signer *id,
                            const struct sevl_snp_id_signer *author,
                            uint8_t page[SEVL_SNP_ID_AUTH_SIZE]);

/*
 * Reads a block. Its policy may be any.
 * Returns SEVL_OK, or SEVL_ERROR_ENCODING if its version is not 1.
 */
SEVL_CHECK enum sevl_result sevl_snp_id_block_read(struct sevl_snp_id_block *block,
                                                   const uint8_t bytes[SEVL_SNP_ID_BLOCK_SIZE]);

/*
 * Reads a page: the ID key and its signature, and those of the author key, which are zero
 * where `*has_author` is false then. Nothing is verified here.
 * Returns SEVL_OK, or SEVL_ERROR_ENCODING if an algorithm is not ECDSA on P-384 with
 * SHA-384, or any byte that is reserved is not zero.
 */
SEVL_CHECK enum sevl_result sevl_snp_id_auth_read(struct sevl_snp_id_signer *id,
                                                  struct sevl_snp_id_signer *author,
                                                  bool *has_author,
                                                  const uint8_t page[SEVL_SNP_ID_AUTH_SIZE]);

#ifdef __cplusplus
}
#endif

#endif
