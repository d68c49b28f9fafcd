/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * What this project builds of Mbed TLS has names of its own for linkers. A program can link
 * an Mbed TLS for itself, too, of any release, before this library or after it: each side
 * gets its own functions. test/symbols shows that no name is missing.
 */
#ifndef SEVLAUNCH_MBEDTLS_NAMES_H
#define SEVLAUNCH_MBEDTLS_NAMES_H

#define mbedtls_aes_crypt_ctr sevl_mbedtls_aes_crypt_ctr
#define mbedtls_aes_crypt_ecb sevl_mbedtls_aes_crypt_ecb
#define mbedtls_aes_free sevl_mbedtls_aes_free
#define mbedtls_aes_init sevl_mbedtls_aes_init
#define mbedtls_aes_setkey_enc sevl_mbedtls_aes_setkey_enc
#define mbedtls_base64_decode sevl_mbedtls_base64_decode
#define mbedtls_base64_encode sevl_mbedtls_base64_encode
#define mbedtls_ct_memcmp sevl_mbedtls_ct_memcmp
#define mbedtls_ct_memcpy_if sevl_mbedtls_ct_memcpy_if
#define mbedtls_ct_memcpy_offset sevl_mbedtls_ct_memcpy_offset
#define mbedtls_ct_zero sevl_mbedtls_ct_zero
#define mbedtls_internal_aes_encrypt sevl_mbedtls_internal_aes_encrypt
#define mbedtls_internal_sha256_process sevl_mbedtls_internal_sha256_process
#define mbedtls_internal_sha512_process sevl_mbedtls_internal_sha512_process
#define mbedtls_platform_zeroize sevl_mbedtls_platform_zeroize
#define mbedtls_sha256 sevl_mbedtls_sha256
#define mbedtls_sha256_clone sevl_mbedtls_sha256_clone
#define mbedtls_sha256_finish sevl_mbedtls_sha256_finish
#define mbedtls_sha256_free sevl_mbedtls_sha256_free
#define mbedtls_sha256_init sevl_mbedtls_sha256_init
#define mbedtls_sha256_starts sevl_mbedtls_sha256_starts
#define mbedtls_sha256_update sevl_mbedtls_sha256_update
#define mbedtls_sha512 sevl_mbedtls_sha512
#define mbedtls_sha512_clone sevl_mbedtls_sha512_clone
#define mbedtls_sha512_finish sevl_mbedtls_sha512_finish
#define mbedtls_sha512_free sevl_mbedtls_sha512_free
#define mbedtls_sha512_init sevl_mbedtls_sha512_init
#define mbedtls_sha512_starts sevl_mbedtls_sha512_starts
#define mbedtls_sha512_update sevl_mbedtls_sha512_update
#define mbedtls_zeroize_and_free sevl_mbedtls_zeroize_and_free

#endif
