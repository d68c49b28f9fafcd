/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include <string.h>

#include "base/bytes.h"
#include "sevlaunch/sev/session.h"

/* Where its parts are, after the version: AMD 55766, appendix C. */
#define KEY_USAGE 8
#define KEY_ALGORITHM 12
#define KEY_CURVE 16
#define KEY_X 20
#define KEY_Y 92
#define SIGNATURE_1_USAGE 1044
#define SIGNATURE_2_USAGE 1564

#define USAGE_PDH 0x1003
#define USAGE_NONE 0x1000
#define ALGORITHM_ECDH_SHA256 3
#define CURVE_P384 2

#define COORDINATE_SIZE (SEVL_P384_KEY_SIZE / 2)

/* From the most significant byte first to the least significant one first. */
static void put_coordinate(uint8_t *certificate, const uint8_t *coordinate)
{
    for (size_t i = 0; i < COORDINATE_SIZE; i++)
        certificate[i] = coordinate[COORDINATE_SIZE - 1 - i];
}

void sevl_sev_godh_write(const uint8_t godh[SEVL_P384_KEY_SIZE],
                         uint8_t certificate[SEVL_SEV_CERTIFICATE_SIZE])
{
    memset(certificate, 0, SEVL_SEV_CERTIFICATE_SIZE);
    sevl_put32(certificate, 1);
    sevl_put32(certificate + KEY_USAGE, USAGE_PDH);
    sevl_put32(certificate + KEY_ALGORITHM, ALGORITHM_ECDH_SHA256);
    sevl_put32(certificate + KEY_CURVE, CURVE_P384);
    put_coordinate(certificate + KEY_X, godh);
    put_coordinate(certificate + KEY_Y, godh + COORDINATE_SIZE);
    sevl_put32(certificate + SIGNATURE_1_USAGE, USAGE_NONE);
    sevl_put32(certificate + SIGNATURE_2_USAGE, USAGE_NONE);
}
