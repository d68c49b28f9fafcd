/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "crypto/montgomery.h"
#include "sevlaunch/sev/certificate.h"

/* The curve secp256k1 (SEC 2, section 2.4.1): y^2 = x^3 + 7 modulo p = 2^256 - 2^32 - 977. */
#define COORDINATE_SIZE 32
#define COORDINATE_LIMBS SEVL_LIMBS(256)

typedef sevl_limb coordinate[COORDINATE_LIMBS];

static const coordinate secp256k1_p = {SEVL_LIMBS_OF(0xfffffffe, 0xfffffc2f),
                                       SEVL_LIMBS_OF(0xffffffff, 0xffffffff),
                                       SEVL_LIMBS_OF(0xffffffff, 0xffffffff),
                                       SEVL_LIMBS_OF(0xffffffff, 0xffffffff)};

/* Takes a number to Montgomery's form: 2^512 modulo p, since 2^256 is 2^32 + 977. */
static const coordinate square_of_r = {SEVL_LIMBS_OF(0x000007a2, 0x000e90a1), SEVL_LIMBS_OF(0, 1),
                                       SEVL_LIMBS_OF(0, 0), SEVL_LIMBS_OF(0, 0)};

/* 7 in that form. */
static const coordinate seven = {SEVL_LIMBS_OF(0x00000007, 0x00001ab7), SEVL_LIMBS_OF(0, 0),
                                 SEVL_LIMBS_OF(0, 0), SEVL_LIMBS_OF(0, 0)};

static bool read_field_number(const struct sevl_modulus *p, coordinate number, const uint8_t *bytes,
                              sevl_limb *work)
{
    sevl_limbs_read(number, COORDINATE_LIMBS, bytes);
    if (!sevl_limbs_less(number, secp256k1_p, COORDINATE_LIMBS))
        return false;
    sevl_montgomery_multiply(p, number, number, square_of_r, work);
    return true;
}

bool sevl_sev_chip_id_is_valid(const uint8_t id[SEVL_SEV_CHIP_ID_SIZE])
{
    const struct sevl_modulus p = {secp256k1_p, COORDINATE_LIMBS,
                                   sevl_modulus_inverse(secp256k1_p[0])};
    sevl_limb work[SEVL_MONTGOMERY_LIMBS(COORDINATE_LIMBS)];
    coordinate x, y, cube;
    if (!read_field_number(&p, x, id, work))
        return false;
    if (!read_field_number(&p, y, id + COORDINATE_SIZE, work))
        return false;
    sevl_montgomery_multiply(&p, cube, x, x, work);
    sevl_montgomery_multiply(&p, cube, cube, x, work);
    sevl_modulus_add(&p, cube, cube, seven);
    sevl_montgomery_multiply(&p, y, y, y, work);
    sevl_modulus_subtract(&p, y, y, cube);
    return sevl_limbs_are_zero(y, COORDINATE_LIMBS);
}
