/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "crypto/p384_secret.h"
#include "sevlaunch/wipe.h"

/* It is less than n, and taking 1 from it leaves a number. */
bool sevl_p384_is_private_key(const uint8_t number[SEVL_P384_SIZE])
{
    static const sevl_p384_number one = {1};
    struct {
        sevl_p384_number number, difference;
    } secret;
    sevl_limbs_read(secret.number, SEVL_P384_LIMBS, number);
    sevl_limb is_less =
        sevl_limbs_subtract(secret.difference, secret.number, sevl_p384_n, SEVL_P384_LIMBS);
    sevl_limb is_zero = sevl_limbs_subtract(secret.difference, secret.number, one, SEVL_P384_LIMBS);
    sevl_wipe(&secret, sizeof secret);
    return is_less != is_zero;
}
