/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "x509/rsa_key.h"

#define MODULUS_SIZE 512

/* What comes before the modulus, and after it. */
static const uint8_t rsa_before[] = {0x30, 0x82, 0x02, 0x22, 0x30, 0x0d, 0x06, 0x09, 0x2a,
                                     0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05,
                                     0x00, 0x03, 0x82, 0x02, 0x0f, 0x00, 0x30, 0x82, 0x02,
                                     0x0a, 0x02, 0x82, 0x02, 0x01, 0x00};
static const uint8_t rsa_after[] = {0x02, 0x03, 0x01, 0x00, 0x01};

bool sevl_rsa_key_take(struct sevl_der *from, struct sevl_der *modulus)
{
    return sevl_der_take_bytes(from, rsa_before, sizeof rsa_before) &&
           sevl_der_take_size(from, MODULUS_SIZE, modulus) &&
           sevl_der_take_bytes(from, rsa_after, sizeof rsa_after);
}
