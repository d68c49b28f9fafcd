/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sevlaunch/sev/session.h"

#include <string.h>

#include "base/bytes.h"
#include "sev/platform_layout.h"

void sevl_sev_godh_write(const uint8_t godh[SEVL_P384_KEY_SIZE],
                         uint8_t certificate[SEVL_SEV_CERTIFICATE_SIZE])
{
    uint8_t *const x = certificate + CERTIFICATE_X;
    uint8_t *const places = certificate + SEVL_SEV_CERTIFICATE_BODY_SIZE;
    memset(certificate, 0, SEVL_SEV_CERTIFICATE_SIZE);
    sevl_put32(certificate, CERTIFICATE_VERSION);
    sevl_put32(certificate + CERTIFICATE_USAGE, USAGE_PDH);
    sevl_put32(certificate + CERTIFICATE_ALGORITHM, ALGORITHM_ECDH_SHA256);
    sevl_put32(certificate + CERTIFICATE_CURVE, CURVE_P384);
    sevl_sev_turn_number(x, godh, SEVL_P384_SIZE);
    sevl_sev_turn_number(x + NUMBER_FIELD, godh + SEVL_P384_SIZE, SEVL_P384_SIZE);
    sevl_put32(places + PLACE_USAGE, USAGE_NONE);
    sevl_put32(places + PLACE_SIZE + PLACE_USAGE, USAGE_NONE);
}
