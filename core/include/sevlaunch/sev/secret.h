/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Secrets for a guest whose launch was validated: a table of them, encrypted and
 * authenticated for the secure processor, which puts it into the guest's memory
 * (AMD 55766, section 6.6, LAUNCH_SECRET; the table: EDK2, OvmfPkg/AmdSev/SecretDxe, and
 * the Linux driver efi_secret). See sevlaunch.h for the conventions.
 *
 * A table is built in a buffer of the caller's: begin, add each secret, seal. Each call gets
 * the same buffer, unchanged since the last one. Until the table is sealed the buffer holds
 * the secrets in the clear: who gives up before wipes it with sevl_wipe().
 */
#ifndef SEVLAUNCH_SECRET_H
#define SEVLAUNCH_SECRET_H

#include "../guid.h"
#include "measurement.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The packet header: FLAGS, IV and HMAC. */
#define SEVL_SECRET_HEADER_SIZE 52
#define SEVL_SECRET_IV_SIZE 16

/* The most bytes that LAUNCH_SECRET takes, padding included. */
#define SEVL_SECRET_MAX 16384

/*
 * What a table is filled up to a multiple of 16 with: 1 to 16 bytes, as libvirt's tool
 * does, or 0 to 15, as sevctl does. The secure processor takes either.
 */
enum sevl_secret_padding { SEVL_SECRET_PADDING_LIBVIRT, SEVL_SECRET_PADDING_MINIMAL };

/*
 * A table that is being built, in a buffer beside it. Only the library changes it. Zeroed
 * memory is a table that was not begun.
 */
struct sevl_secret_table {
    uint32_t size;                    /* bytes of the buffer that it takes, without padding */
    uint32_t capacity;                /* bytes of the buffer that it may take */
    enum sevl_secret_padding padding; /* that it will get */
};

/*
 * Begins a table without secrets in a buffer of `capacity` bytes, of which it uses at most
 * SEVL_SECRET_MAX, padding included. Table and buffer may have any content.
 * Returns SEVL_OK, or SEVL_ERROR_LENGTH if `capacity` is too small for an empty table: 32.
 */
SEVL_CHECK enum sevl_result sevl_secret_begin(struct sevl_secret_table *table, uint8_t *buffer,
                                              size_t capacity, enum sevl_secret_padding padding);

/*
 * Adds a secret of `size` bytes, which are copied after 20 bytes of GUID and length.
 * `secret` may be NULL if `size` is 0.
 *
 * Returns SEVL_OK; SEVL_ERROR_DUPLICATE if the table has one of this GUID; or
 * SEVL_ERROR_LENGTH if there is no room left for it and for the table's padding, or the table
 * was never begun or is sealed. After an error the table is as before.
 */
SEVL_CHECK enum sevl_result sevl_secret_add(struct sevl_secret_table *table, uint8_t *buffer,
                                            const struct sevl_guid *guid, const void *secret,
                                            size_t size);

/* What a table is sealed for. The pointers need to be valid during the call. */
struct sevl_secret_seal {
    enum sevl_result verdict; /* of sevl_measurement_verify() on this launch */
    const uint8_t *tek;       /* SEVL_TEK_SIZE bytes */
    const uint8_t *tik;       /* SEVL_TIK_SIZE bytes */
    const uint8_t *measure;   /* SEVL_MEASURE_SIZE bytes, that this launch reported */
    const uint8_t *iv; /* SEVL_SECRET_IV_SIZE random bytes, never used before with this TEK */
};

/*
 * Pads the table, encrypts it in place and writes its header. `*size` is then the size in
 * bytes of the packet data, which begins the buffer: a multiple of 16, at most
 * SEVL_SECRET_MAX. Only the launch of these keys and of `measure` takes the packet. The table
 * is zeroed, on an error too: it is not begun any more.
 *
 * Returns SEVL_OK; SEVL_ERROR_STATE if the verdict is not SEVL_MATCH, or the table was
 * never begun or is sealed; or SEVL_ERROR_CRYPTO if Mbed TLS failed. On an error all that
 * the table may use of the buffer is wiped, and the header.
 */
SEVL_CHECK enum sevl_result sevl_secret_seal(struct sevl_secret_table *table, uint8_t *buffer,
                                             const struct sevl_secret_seal *seal,
                                             uint8_t header[SEVL_SECRET_HEADER_SIZE], size_t *size);

#ifdef __cplusplus
}
#endif

#endif
