/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sevl_p384_key_take, for any bytes of up to 122: a key is taken if and only if they begin with
 * the DER of RFC 5480 for an uncompressed point on P-384.
 */
#include "proof.h"

#include <core/x509/p384_key.c>

#define KEY_SIZE (24 + 96)

bool sevl_constant_time_equal(const void *a, const void *b, size_t size)
{
    PROVE(__CPROVER_r_ok(a, size) && __CPROVER_r_ok(b, size));
    for (size_t i = 0; i < size; i++)
        if (((const uint8_t *)a)[i] != ((const uint8_t *)b)[i])
            return false;
    return true;
}

/* SEQUENCE of SEQUENCE of id-ecPublicKey and secp384r1, then a BIT STRING from 4 on. */
static const uint8_t wanted[24] = {0x30, 0x76, 0x30, 0x10, 0x06, 0x07, 0x2a, 0x86,
                                   0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x05, 0x2b,
                                   0x81, 0x04, 0x00, 0x22, 0x03, 0x62, 0x00, 0x04};

int main(void)
{
    uint8_t memory[KEY_SIZE + 2];
    size_t size = any_below(sizeof memory + 1);
    const uint8_t *bytes = ENDING(memory, size);
    struct sevl_der from = {bytes, size};
    struct sevl_der point;
    bool is_key = size >= KEY_SIZE;
    for (size_t i = 0; is_key && i < sizeof wanted; i++)
        is_key = bytes[i] == wanted[i];

    bool taken = sevl_p384_key_take(&from, &point);

    REACHES(taken && size == KEY_SIZE);
    REACHES(!taken && size == KEY_SIZE + 1);
    PROVE(taken == is_key);
    if (taken)
        PROVE(point.bytes == bytes + 24 && point.size == 96);
    PROVE(from.bytes == bytes + (taken ? KEY_SIZE : 0));
    PROVE(from.size == size - (taken ? KEY_SIZE : 0));
}
