/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sevl_snp_extensions_read, for the extensions of a VCEK of Milan or Genoa in AMD's order, with any
 * values, and one more with any well-formed identifier of ten bytes: they are those of a
 * certificate of a kind and product if and only if each one that these must have is there once,
 * with a value that it may have, and none of the other known ones is. The TCB and the chip's id are
 * the bytes that stand there.
 */
#include "equal_model.h"

#include <core/snp/extensions.c>

#define sevl_der_take_oid take_oid_itself
#include <core/x509/der.c>
#undef sevl_der_take_oid

/* Those that are well-formed: of others, see proof der. */
bool sevl_der_take_oid(struct sevl_der *from, struct sevl_der *oid)
{
    struct sevl_der copy = *from;
    struct sevl_der same;
    ASSUME(take_oid_itself(&copy, &same));
    return sevl_der_take(from, SEVL_DER_OID, oid);
}

/* An identifier, or 0 for any; its length, and that of the value; whether it is critical. */
struct shape {
    int identifier; /* see identifier_of() */
    uint8_t oid;
    uint8_t value;
    bool is_critical;
};

/* clang-format off */
#define NUMBER(identifier) {identifier, 10, 3, false}
static const struct shape shapes[] = {
    {1, 9, 3, false}, {2, 9, 7, false}, NUMBER(31), NUMBER(32), NUMBER(34), NUMBER(35), NUMBER(36),
    NUMBER(37), {33, 10, 4, false}, NUMBER(38), {4, 9, 64, false}, NUMBER(0)
};
/* clang-format on */
#define COUNT (sizeof shapes / sizeof *shapes)

static uint8_t memory[300];
static size_t oids[COUNT], values[COUNT]; /* where they are */

static const uint8_t arc[] = {0x2b, 6, 1, 4, 1, 0x9c, 0x78, 1}; /* AMD's */

static void put_identifier(uint8_t *oid, int identifier)
{
    for (size_t i = 0; i < sizeof arc; i++)
        oid[i] = arc[i];
    oid[8] = identifier > 30 ? 3 : (uint8_t)identifier;
    if (identifier > 30)
        oid[9] = (uint8_t)(identifier - 30);
}

/* Writes tags, lengths and known identifiers; returns the size of all. */
static size_t put_shapes(void)
{
    size_t at = 0;
    for (size_t i = 0; i < COUNT; i++) {
        const struct shape *shape = &shapes[i];
        memory[at++] = 0x30;
        memory[at++] = (uint8_t)(shape->oid + shape->value + 4 + (shape->is_critical ? 3 : 0));
        memory[at++] = 0x06;
        memory[at++] = shape->oid;
        oids[i] = at;
        if (shape->identifier != 0)
            put_identifier(memory + at, shape->identifier);
        at += shape->oid;
        if (shape->is_critical) {
            memory[at++] = 1;
            memory[at++] = 1;
            memory[at++] = 0xff;
        }
        memory[at++] = 0x04;
        memory[at++] = shape->value;
        values[i] = at;
        at += shape->value;
    }
    return at;
}

/* 1 to 5 of AMD's arc, 31 to 39 of its third one, 0x113 and 0x10f of X.509's; 0: another one. */
static int identifier_of(size_t i)
{
    const uint8_t *oid = memory + oids[i];
    if (shapes[i].identifier != 0)
        return shapes[i].identifier;
    for (size_t k = 0; k < sizeof arc; k++)
        if (oid[k] != arc[k])
            return 0;
    if (shapes[i].oid == 9)
        return oid[8] >= 1 && oid[8] <= 5 && oid[8] != 3 ? oid[8] : 0;
    return oid[8] == 3 && oid[9] >= 1 && oid[9] <= 9 ? 30 + oid[9] : 0;
}

static bool is_of_leaf(const struct sevl_snp_certificate *certificate)
{
    return certificate->kind == SEVL_SNP_VCEK || certificate->kind == SEVL_SNP_VLEK;
}

static bool must_have(const struct sevl_snp_certificate *certificate, int identifier)
{
    bool is_turin = certificate->product == SEVL_SNP_TURIN;
    if (!is_of_leaf(certificate))
        return identifier >= 0x100;
    if (identifier == 4 || identifier == 5)
        return (certificate->kind == SEVL_SNP_VCEK) == (identifier == 4);
    if (identifier == 34 || identifier == 39)
        return (identifier == 39) == is_turin;
    return identifier < 0x100;
}

/* Returns -1 if it is no number from 0 to 255. */
static int number_of(size_t i)
{
    const uint8_t *value = memory + values[i];
    if (shapes[i].value == 3 && value[0] == 2 && value[1] == 1 && value[2] < 0x80)
        return value[2];
    if (shapes[i].value == 4 && value[0] == 2 && value[1] == 2 && value[2] == 0 && value[3] >= 0x80)
        return value[3];
    return -1;
}

static bool is_text(const uint8_t *text, size_t size, const char *wanted, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (length > size || text[i] != (uint8_t)wanted[i])
            return false;
    return size == length || text[length] == '-';
}

static bool is_name(const struct sevl_snp_certificate *certificate, size_t i)
{
    const uint8_t *value = memory + values[i];
    size_t size = shapes[i].value - 2u;
    if (value[0] != 0x16 || value[1] != size)
        return false;
    switch (certificate->product) {
    case SEVL_SNP_MILAN:
        return is_text(value + 2, size, "Milan", 5);
    case SEVL_SNP_GENOA:
        return is_text(value + 2, size, "Genoa", 5) || is_text(value + 2, size, "Siena", 5) ||
               is_text(value + 2, size, "Bergamo", 7);
    default:
        return is_text(value + 2, size, "Turin", 5);
    }
}

static bool is_value(const struct sevl_snp_certificate *certificate, size_t i, int identifier)
{
    const uint8_t *value = memory + values[i];
    bool is_turin = certificate->product == SEVL_SNP_TURIN;
    if (identifier == 1)
        return number_of(i) == (is_turin ? 1 : 0);
    if (identifier == 2)
        return is_name(certificate, i);
    if (identifier == 4)
        return shapes[i].value == (is_turin ? 8 : 64);
    if (identifier >= 34 && identifier <= 37)
        return number_of(i) == 0;
    return number_of(i) >= 0;
}

static unsigned count_of(int identifier)
{
    unsigned count = 0;
    for (size_t i = 0; i < COUNT; i++)
        if (identifier_of(i) == identifier)
            count++;
    return count;
}

static bool are_right(const struct sevl_snp_certificate *certificate)
{
    static const int known[] = {1, 2, 4, 5, 31, 32, 33, 34, 35, 36, 37, 38, 39, 0x113, 0x10f};
    bool right = true;
    for (size_t i = 0; i < COUNT; i++) {
        int identifier = identifier_of(i);
        right = right && (identifier != 0 || !shapes[i].is_critical) &&
                (identifier == 0 || is_value(certificate, i, identifier));
    }
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        right = right && count_of(known[i]) == (must_have(certificate, known[i]) ? 1 : 0);
    return right;
}

static void prove_values(const struct sevl_snp_certificate *certificate)
{
    size_t i = any_below(COUNT);
    int identifier = identifier_of(i);
    const struct sevl_snp_tcb *tcb = &certificate->tcb;
    PROVE(identifier != 31 || tcb->boot_loader == number_of(i));
    PROVE(identifier != 32 || tcb->tee == number_of(i));
    PROVE(identifier != 33 || tcb->snp == number_of(i));
    PROVE(identifier != 38 || tcb->microcode == number_of(i));
    PROVE(identifier != 39 || tcb->fmc == number_of(i));
    PROVE(identifier != 4 || (certificate->hardware.bytes == memory + values[i] &&
                              certificate->hardware.size == shapes[i].value));
}

int main(void)
{
    static const enum sevl_snp_certificate_kind kinds[] = {SEVL_SNP_ARK, SEVL_SNP_ASK,
                                                           SEVL_SNP_ASVK, SEVL_SNP_VCEK,
                                                           SEVL_SNP_VLEK};
    static const enum sevl_snp_product products[] = {SEVL_SNP_MILAN, SEVL_SNP_GENOA,
                                                     SEVL_SNP_TURIN};
    struct sevl_snp_certificate certificate;
    certificate.kind = kinds[any_below(5)];
    certificate.product = products[any_below(3)];
    __CPROVER_havoc_object(memory);
    size_t size = put_shapes();

    bool are_read = sevl_snp_extensions_read(&certificate, (struct sevl_der){memory, size});

    REACHES(are_read && certificate.kind == SEVL_SNP_VCEK && certificate.tcb.snp >= 128);
    REACHES(!are_read && count_of(38) == 2);
    PROVE(are_read == are_right(&certificate));
    if (are_read)
        prove_values(&certificate);
}
