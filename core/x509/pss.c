/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "x509/pss.h"

/* RSASSA-PSS. */
static const uint8_t pss_oid[] = {0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0a};

/* [0] SHA-384, [1] MGF1 with SHA-384, [2] 48 */
static const uint8_t parameters[] = {0xa0, 0x0f, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48,
                                     0x01, 0x65, 0x03, 0x04, 0x02, 0x02, 0x05, 0x00, 0xa1,
                                     0x1c, 0x30, 0x1a, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86,
                                     0xf7, 0x0d, 0x01, 0x01, 0x08, 0x30, 0x0d, 0x06, 0x09,
                                     0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x02,
                                     0x05, 0x00, 0xa2, 0x03, 0x02, 0x01, 0x30};

/* [3] 1 */
static const uint8_t trailer_field[] = {0xa3, 0x03, 0x02, 0x01, 0x01};

bool sevl_pss_take(struct sevl_der *from, struct sevl_der *element)
{
    struct sevl_der rest = *from;
    struct sevl_der contents;
    struct sevl_der values;
    if (!sevl_der_take(&rest, SEVL_DER_SEQUENCE, &contents) ||
        !sevl_der_take_bytes(&contents, pss_oid, sizeof pss_oid) ||
        !sevl_der_take(&contents, SEVL_DER_SEQUENCE, &values) || contents.size != 0)
        return false;
    if (!sevl_der_take_bytes(&values, parameters, sizeof parameters))
        return false;
    if (values.size != 0 && !sevl_der_equal(values, trailer_field, sizeof trailer_field))
        return false;
    *element = (struct sevl_der){from->bytes, from->size - rest.size};
    *from = rest;
    return true;
}
