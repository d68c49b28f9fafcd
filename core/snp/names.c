/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "snp/names.h"

#include <string.h>

/* OU, C, L, ST and O, each a set of one sequence of its identifier and its text. */
static const uint8_t name_of_amd[] = {
    0x31, 0x14, 0x30, 0x12, 0x06, 0x03, 0x55, 0x04, 0x0b, 0x0c, 0x0b, 'E',  'n',  'g',  'i',
    'n',  'e',  'e',  'r',  'i',  'n',  'g',  0x31, 0x0b, 0x30, 0x09, 0x06, 0x03, 0x55, 0x04,
    0x06, 0x13, 0x02, 'U',  'S',  0x31, 0x14, 0x30, 0x12, 0x06, 0x03, 0x55, 0x04, 0x07, 0x0c,
    0x0b, 'S',  'a',  'n',  't',  'a',  ' ',  'C',  'l',  'a',  'r',  'a',  0x31, 0x0b, 0x30,
    0x09, 0x06, 0x03, 0x55, 0x04, 0x08, 0x0c, 0x02, 'C',  'A',  0x31, 0x1f, 0x30, 0x1d, 0x06,
    0x03, 0x55, 0x04, 0x0a, 0x0c, 0x16, 'A',  'd',  'v',  'a',  'n',  'c',  'e',  'd',  ' ',
    'M',  'i',  'c',  'r',  'o',  ' ',  'D',  'e',  'v',  'i',  'c',  'e',  's'};

struct sevl_der sevl_snp_product_name(enum sevl_snp_product product)
{
    static const char names[][6] = {
        [SEVL_SNP_MILAN] = "Milan", [SEVL_SNP_GENOA] = "Genoa", [SEVL_SNP_TURIN] = "Turin"};
    return (struct sevl_der){(const uint8_t *)names[product], sizeof names[0] - 1};
}

static bool read_product(enum sevl_snp_product *product, struct sevl_der *text)
{
    for (int i = SEVL_SNP_MILAN; i <= SEVL_SNP_TURIN; i++) {
        struct sevl_der name = sevl_snp_product_name((enum sevl_snp_product)i);
        *product = (enum sevl_snp_product)i;
        if (sevl_der_take_bytes(text, name.bytes, name.size))
            return true;
    }
    return false;
}

/* The longer beginnings come first. Those that end in '-' have a product after them. */
static bool read_common_name(struct sevl_snp_name *name, struct sevl_der *text)
{
    static const struct beginning {
        uint8_t size;
        uint8_t kind;
        char text[9];
    } beginnings[] = {{9, SEVL_SNP_ASVK, {'S', 'E', 'V', '-', 'V', 'L', 'E', 'K', '-'}},
                      {8, SEVL_SNP_VLEK, {'S', 'E', 'V', '-', 'V', 'L', 'E', 'K'}},
                      {8, SEVL_SNP_VCEK, {'S', 'E', 'V', '-', 'V', 'C', 'E', 'K'}},
                      {4, SEVL_SNP_ASK, {'S', 'E', 'V', '-'}},
                      {4, SEVL_SNP_ARK, {'A', 'R', 'K', '-'}}};
    memset(name, 0, sizeof *name);
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++) {
        const struct beginning *beginning = &beginnings[i];
        if (!sevl_der_take_bytes(text, beginning->text, beginning->size))
            continue;
        name->kind = (enum sevl_snp_certificate_kind)beginning->kind;
        bool has_product = beginning->text[beginning->size - 1] == '-';
        return (!has_product || read_product(&name->product, text)) && text->size == 0;
    }
    return false;
}

/*
 * After the name of AMD, all is the common name, and each length follows from that. It is short,
 * or it is none: what a longer one leaves of its length makes no difference.
 */
bool sevl_snp_take_name(struct sevl_der *from, struct sevl_snp_name *name)
{
    uint8_t before[] = {SEVL_DER_SET, 0,    SEVL_DER_SEQUENCE,    0, 0x06, 0x03, 0x55,
                        0x04,         0x03, SEVL_DER_UTF8_STRING, 0};
    struct sevl_der parts;
    if (!sevl_der_take(from, SEVL_DER_SEQUENCE, &parts) ||
        !sevl_der_take_bytes(&parts, name_of_amd, sizeof name_of_amd))
        return false;
    if (parts.size < sizeof before)
        return false;
    before[1] = (uint8_t)(parts.size - 2);
    before[3] = (uint8_t)(parts.size - 4);
    before[10] = (uint8_t)(parts.size - 11);
    return sevl_der_take_bytes(&parts, before, sizeof before) && read_common_name(name, &parts);
}
