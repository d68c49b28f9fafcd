/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "x509/p384_key.h"

#define POINT_SIZE 96

/* What comes before the point's coordinates. */
static const uint8_t before[] = {0x30, 0x76, 0x30, 0x10, 0x06, 0x07, 0x2a, 0x86,
                                 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x05, 0x2b,
                                 0x81, 0x04, 0x00, 0x22, 0x03, 0x62, 0x00, 0x04};

bool sevl_p384_key_take(struct sevl_der *from, struct sevl_der *point)
{
    struct sevl_der rest = *from;
    if (!sevl_der_take_bytes(&rest, before, sizeof before) ||
        !sevl_der_take_size(&rest, POINT_SIZE, point))
        return false;
    *from = rest;
    return true;
}
