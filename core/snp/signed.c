/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "snp/signed.h"

#include "x509/pss.h"

/* What comes before a signature: a bit string whose bits are all used. */
static const uint8_t before_signature[] = {SEVL_DER_BIT_STRING, 0x82, 0x02, 0x01, 0x00};

bool sevl_snp_read_signed(struct sevl_snp_signed *sign, struct sevl_der whole,
                          struct sevl_der *contents, struct sevl_der *algorithm)
{
    struct sevl_der parts;
    struct sevl_der signature;
    if (!sevl_der_take_only(&whole, SEVL_DER_SEQUENCE, &parts))
        return false;
    const struct sevl_der message = parts;
    if (!sevl_der_take(&parts, SEVL_DER_SEQUENCE, contents))
        return false;
    sign->message = (struct sevl_bytes){message.bytes, message.size - parts.size};
    if (!sevl_pss_take(&parts, algorithm) ||
        !sevl_der_take_bytes(&parts, before_signature, sizeof before_signature) ||
        !sevl_der_take_size(&parts, SEVL_SNP_SIGNATURE_SIZE, &signature))
        return false;
    sign->signature = signature.bytes;
    return parts.size == 0;
}
