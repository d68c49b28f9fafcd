/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "snp/signed.h"

#include "x509/pss.h"

static bool take_signature(struct sevl_der *from, struct sevl_snp_signed *sign)
{
    static const uint8_t no_unused_bits[] = {0};
    struct sevl_der bits;
    if (!sevl_der_take(from, SEVL_DER_BIT_STRING, &bits) ||
        !sevl_der_take_bytes(&bits, no_unused_bits, sizeof no_unused_bits))
        return false;
    sign->signature = bits.bytes;
    return bits.size == SEVL_SNP_SIGNATURE_SIZE;
}

bool sevl_snp_read_signed(struct sevl_snp_signed *sign, struct sevl_der whole,
                          struct sevl_der *contents, struct sevl_der *algorithm)
{
    struct sevl_der parts;
    if (!sevl_der_take(&whole, SEVL_DER_SEQUENCE, &parts) || whole.size != 0)
        return false;
    const struct sevl_der message = parts;
    if (!sevl_der_take(&parts, SEVL_DER_SEQUENCE, contents))
        return false;
    sign->message = (struct sevl_bytes){message.bytes, message.size - parts.size};
    return sevl_pss_take(&parts, algorithm) && take_signature(&parts, sign) && parts.size == 0;
}
