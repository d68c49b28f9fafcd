/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* sevl_sev_godh_write, for every key: each byte of the certificate is the one that AMD specifies.
 */
#include "proof.h"

#include <core/sev/godh.c>

static uint8_t key[SEVL_P384_KEY_SIZE];

void sevl_sev_turn_number(uint8_t *to, const uint8_t *from, size_t size)
{
    PROVE(__CPROVER_w_ok(to, size) && __CPROVER_r_ok(from, size) && size == 48);
    for (size_t i = 0; i < size; i++)
        to[i] = from[size - 1 - i];
}

static uint8_t number_at(size_t at, size_t from, uint32_t number)
{
    return (number >> 8 * (at - from)) & 0xff;
}

/* AMD 55766, appendix C. */
static uint8_t expected(size_t at)
{
    if (at < 4)
        return number_at(at, 0, 1);
    if (at >= 8 && at < 12)
        return number_at(at, 8, 0x1003);
    if (at >= 12 && at < 16)
        return number_at(at, 12, 3);
    if (at >= 16 && at < 20)
        return number_at(at, 16, 2);
    if (at >= 20 && at < 20 + 48)
        return key[47 - (at - 20)];
    if (at >= 92 && at < 92 + 48)
        return key[95 - (at - 92)];
    if (at >= 1044 && at < 1048)
        return number_at(at, 1044, 0x1000);
    if (at >= 1564 && at < 1568)
        return number_at(at, 1564, 0x1000);
    return 0;
}

int main(void)
{
    uint8_t certificate[SEVL_SEV_CERTIFICATE_SIZE];
    __CPROVER_havoc_object(key);
    sevl_sev_godh_write(key, certificate);
    size_t at = any_below(sizeof certificate);
    REACHES(at >= 92 && certificate[at] == 0x77);
    PROVE(certificate[at] == expected(at));
}
