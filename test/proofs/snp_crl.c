/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The entries of a revocation list, of any bytes of up to 18: whatever was taken for entries when
 * the list was read is walked in the same way to its end, and a serial number is found if and only
 * if an entry has it. No byte outside of them is read.
 */
#include "proof.h"

#include <core/snp/crl.c>
#include <core/x509/der.c>

#define ENTRIES_MAX 3

/* Times of one byte, of which each is one. */
bool sevl_time_take(struct sevl_der *from, uint64_t *time)
{
    if (from->size == 0)
        return false;
    *time = from->bytes[0];
    from->bytes++;
    from->size--;
    return true;
}

bool sevl_constant_time_equal(const uint8_t *a, const uint8_t *b, size_t size)
{
    PROVE(__CPROVER_r_ok(a, size) && __CPROVER_r_ok(b, size));
    for (size_t i = 0; i < size; i++)
        if (a[i] != b[i])
            return false;
    return true;
}

bool sevl_pss_take(struct sevl_der *from, struct sevl_der *element)
{
    return sevl_der_take(from, SEVL_DER_SEQUENCE, element);
}

bool sevl_snp_take_name(struct sevl_der *from, struct sevl_snp_name *name)
{
    (void)from;
    name->kind = SEVL_SNP_ARK;
    name->product = SEVL_SNP_MILAN;
    return true;
}

bool sevl_snp_read_signed(struct sevl_snp_signed *sign, struct sevl_der whole,
                          struct sevl_der *contents, struct sevl_der *algorithm)
{
    (void)sign;
    *contents = whole;
    *algorithm = whole;
    return true;
}

/* Of any bytes, and of the same bytes always the same. */
bool are_crl_extensions(struct sevl_der element)
{
    return element.bytes[0] == 0x30;
}

/* Entries of five bytes and more: SEQUENCE, INTEGER of one byte, a time. */
int main(void)
{
    uint8_t memory[6 * ENTRIES_MAX];
    size_t size = any_below(sizeof memory + 1);
    const uint8_t *bytes = ENDING(memory, size);
    struct sevl_snp_crl crl;
    uint32_t serial = (uint32_t)any_below(128);
    bool expected = false;
    crl.revoked = (struct sevl_bytes){bytes, size};
    const struct sevl_der entries = {bytes, size};
    bool right = are_entries(entries);
    /* By a walk of its own, where entries have no extensions. */
    size_t at = 0;
    bool is_plain = true;
    while (is_plain && at + 6 <= size) {
        is_plain = bytes[at] == 0x30 && bytes[at + 1] == 4 && bytes[at + 2] == 2 &&
                   bytes[at + 3] == 1 && bytes[at + 4] < 0x80;
        if (is_plain && bytes[at + 4] == serial)
            expected = true;
        at += 6;
    }
    is_plain = is_plain && at == size;

    bool has = sevl_snp_crl_has(&crl, serial);

    REACHES(is_plain && has && size == sizeof memory);
    REACHES(is_plain && !has && size > 0);
    REACHES(right && !is_plain);
    PROVE(!is_plain || (right && has == expected));
    PROVE(right || !is_plain);
}
