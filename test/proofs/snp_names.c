/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sevl_snp_take_name, for any bytes of one of the sizes below: a name is taken if and only if they
 * begin with the DER of one of AMD's names, of a kind and product; it tells that kind and product.
 */
#include "equal_model.h"

#include <core/snp/names.c>

/* What each name begins with, before the common name (AMD 57230). */
static const uint8_t of_all[] = {0x31, 20,  0x30, 18,  0x06, 3,   0x55, 0x04, 11,   0x0c, 11,
                                 'E',  'n', 'g',  'i', 'n',  'e', 'e',  'r',  'i',  'n',  'g',
                                 0x31, 11,  0x30, 9,   0x06, 3,   0x55, 0x04, 6,    0x13, 2,
                                 'U',  'S', 0x31, 20,  0x30, 18,  0x06, 3,    0x55, 0x04, 7,
                                 0x0c, 11,  'S',  'a', 'n',  't', 'a',  ' ',  'C',  'l',  'a',
                                 'r',  'a', 0x31, 11,  0x30, 9,   0x06, 3,    0x55, 0x04, 8,
                                 0x0c, 2,   'C',  'A', 0x31, 31,  0x30, 29,   0x06, 3,    0x55,
                                 0x04, 10,  0x0c, 22,  'A',  'd', 'v',  'a',  'n',  'c',  'e',
                                 'd',  ' ', 'M',  'i', 'c',  'r', 'o',  ' ',  'D',  'e',  'v',
                                 'i',  'c', 'e',  's'};

#define NAMES 11
static const struct {
    enum sevl_snp_certificate_kind kind;
    int product;
    const char *text;
} names[NAMES] = {
    {SEVL_SNP_ARK, SEVL_SNP_MILAN, "ARK-Milan"},
    {SEVL_SNP_ARK, SEVL_SNP_GENOA, "ARK-Genoa"},
    {SEVL_SNP_ARK, SEVL_SNP_TURIN, "ARK-Turin"},
    {SEVL_SNP_ASK, SEVL_SNP_MILAN, "SEV-Milan"},
    {SEVL_SNP_ASK, SEVL_SNP_GENOA, "SEV-Genoa"},
    {SEVL_SNP_ASK, SEVL_SNP_TURIN, "SEV-Turin"},
    {SEVL_SNP_ASVK, SEVL_SNP_MILAN, "SEV-VLEK-Milan"},
    {SEVL_SNP_ASVK, SEVL_SNP_GENOA, "SEV-VLEK-Genoa"},
    {SEVL_SNP_ASVK, SEVL_SNP_TURIN, "SEV-VLEK-Turin"},
    {SEVL_SNP_VCEK, 0, "SEV-VCEK"},
    {SEVL_SNP_VLEK, 0, "SEV-VLEK"},
};

/* The length of a whole name whose common name this is, if bytes begin with it; or 0. */
static size_t length_of(const uint8_t *bytes, size_t size, const char *text)
{
    size_t length = 0;
    while (text[length] != '\0')
        length++;
    const uint8_t common[] = {
        0x31, (uint8_t)(length + 9), 0x30, (uint8_t)(length + 7), 0x06, 3, 0x55, 0x04, 3,
        0x0c, (uint8_t)length};
    size_t contents = sizeof of_all + sizeof common + length;
    size_t header = contents < 128 ? 2 : 3;
    if (size < header + contents || bytes[0] != 0x30 || bytes[header - 1] != contents ||
        (header == 3 && bytes[1] != 0x81))
        return 0;
    bytes += header;
    for (size_t i = 0; i < sizeof of_all; i++)
        if (bytes[i] != of_all[i])
            return 0;
    for (size_t i = 0; i < sizeof common; i++)
        if (bytes[sizeof of_all + i] != common[i])
            return 0;
    for (size_t i = 0; i < length; i++)
        if (bytes[sizeof of_all + sizeof common + i] != (uint8_t)text[i])
            return 0;
    return header + contents;
}

/* Some that are too short; those of the three lengths of names; one with more after a name. */
#define SIZE                   \
    (CASE == 0   ? (size_t)50  \
     : CASE == 1 ? (size_t)124 \
     : CASE == 2 ? (size_t)125 \
     : CASE == 3 ? (size_t)131 \
                 : (size_t)133)

int main(void)
{
    const size_t size = SIZE;
    uint8_t bytes[SIZE];
    struct sevl_der from = {bytes, size};
    struct sevl_snp_name name;
    size_t which = NAMES;
    size_t length = 0;
    for (size_t i = 0; i < NAMES; i++) {
        size_t found = length_of(bytes, size, names[i].text);
        if (found > 0) {
            which = i;
            length = found;
        }
    }

    bool taken = sevl_snp_take_name(&from, &name);

    REACHES(taken && which == 8);
    REACHES(taken && which == 9 && from.size == 0);
    REACHES(taken && which == 3 && from.size == 8);
    REACHES(!taken && size == 133);
    PROVE(taken == (which < NAMES));
    if (!taken)
        return 0;
    PROVE(name.kind == names[which].kind);
    PROVE(names[which].product == 0 || (int)name.product == names[which].product);
    PROVE(from.bytes == bytes + length && from.size == size - length);
}
