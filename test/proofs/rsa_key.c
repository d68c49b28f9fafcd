/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sevl_rsa_key_take, for any bytes of up to 552: a key is taken if and only if they begin with
 * the DER of RFC 3279 for a modulus of 512 bytes, whose highest bit needs a byte of 0 before it,
 * and 65537.
 */
#include "equal_model.h"

#include <core/x509/rsa_key.c>

#define BEFORE 33
#define MODULUS 512
#define KEY_SIZE (BEFORE + MODULUS + 5)

/* SEQUENCE of SEQUENCE of rsaEncryption and NULL, then a BIT STRING of a SEQUENCE of two. */
static const uint8_t first[BEFORE] = {0x30, 0x82, 0x02, 0x22, 0x30, 0x0d, 0x06, 0x09, 0x2a,
                                      0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05,
                                      0x00, 0x03, 0x82, 0x02, 0x0f, 0x00, 0x30, 0x82, 0x02,
                                      0x0a, 0x02, 0x82, 0x02, 0x01, 0x00};
static const uint8_t last[5] = {0x02, 0x03, 0x01, 0x00, 0x01};

int main(void)
{
    uint8_t memory[KEY_SIZE + 2];
    size_t size = any_below(sizeof memory + 1);
    const uint8_t *bytes = ENDING(memory, size);
    struct sevl_der from = {bytes, size};
    struct sevl_der modulus;
    bool is_key = size >= KEY_SIZE;
    for (size_t i = 0; is_key && i < sizeof first; i++)
        is_key = bytes[i] == first[i];
    for (size_t i = 0; is_key && i < sizeof last; i++)
        is_key = bytes[BEFORE + MODULUS + i] == last[i];

    bool taken = sevl_rsa_key_take(&from, &modulus);

    REACHES(taken && size == KEY_SIZE);
    REACHES(!taken && size == KEY_SIZE + 1);
    PROVE(taken == is_key);
    if (!taken)
        return 0;
    PROVE(modulus.bytes == bytes + BEFORE && modulus.size == MODULUS);
    PROVE(from.bytes == bytes + KEY_SIZE && from.size == size - KEY_SIZE);
}
