/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sevl_snp_page_append, for every digest, type, address and contents: the digest becomes the
 * hash of PAGE_INFO (AMD 56860), or zero.
 */
#include "sha384_model.h"

/* The lower half of an address is what is left of it on purpose. */
#pragma CPROVER check push
#pragma CPROVER check disable "conversion"
#include <core/snp/page.c>
#pragma CPROVER check pop

static uint8_t expected(const uint8_t *digest, unsigned type, uint64_t address,
                        const uint8_t *contents, size_t at)
{
    if (at < 48)
        return digest[at];
    if (at < 96)
        return contents == NULL ? 0 : contents[at - 48];
    if (at >= 104)
        return (uint8_t)(address >> 8 * (at - 104) & 0xff);
    return at == 96 ? 0x70 : at == 98 ? (uint8_t)type : 0;
}

int main(void)
{
    uint8_t digest[SEVL_SNP_LAUNCH_DIGEST_SIZE];
    uint8_t before[SEVL_SNP_LAUNCH_DIGEST_SIZE];
    uint8_t hash[SEVL_SHA384_SIZE];
    const uint8_t *contents = nondet_bool() ? NULL : hash;
    unsigned type = 1 + (unsigned)any_below(6);
    uint64_t address = nondet_u64();
    place = any_below(112);
    memcpy(before, digest, sizeof before);

    enum sevl_result result =
        sevl_snp_page_append(digest, (enum sevl_snp_page_type)type, address, contents);

    REACHES(result == SEVL_OK && contents == NULL && type == 6);
    REACHES(result != SEVL_OK);
    PROVE(result == (failed ? SEVL_ERROR_CRYPTO : SEVL_OK));
    if (result == SEVL_OK)
        PROVE(is_hash_of(digest, 112, expected(before, type, address, contents, place)));
    else
        prove_zero(digest, sizeof digest);
}
