/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "snp/extensions.h"

#include "snp/names.h"

/* The extensions that are read, as bits of what was seen. */
enum extension {
    STRUCT_VERSION,
    PRODUCT_NAME,
    BOOT_LOADER,
    TEE,
    SNP,
    SPL_4,
    SPL_5,
    SPL_6,
    SPL_7,
    MICROCODE,
    FMC,
    HARDWARE_ID,
    PROVIDER_ID,
    BASIC_CONSTRAINTS,
    KEY_USAGE,
    EXTENSIONS
};
#define BIT(extension) (1u << (extension))

/* What each kind must have. An extension of the table that is not listed is refused. */
#define OF_LEAVES                                                                       \
    (BIT(STRUCT_VERSION) | BIT(PRODUCT_NAME) | BIT(BOOT_LOADER) | BIT(TEE) | BIT(SNP) | \
     BIT(SPL_5) | BIT(SPL_6) | BIT(SPL_7) | BIT(MICROCODE))
#define OF_AUTHORITIES (BIT(BASIC_CONSTRAINTS) | BIT(KEY_USAGE))

/* Object identifiers: 1.3.6.1.4.1.3704.1 and what follows; 2.5.29 and what follows. */
static const uint8_t amd_arc[] = {0x2b, 0x06, 0x01, 0x04, 0x01, 0x9c, 0x78, 0x01};
static const uint8_t x509_arc[] = {0x55, 0x1d};

static const struct identifier {
    uint8_t size;
    uint8_t bytes[2];
} identifiers[EXTENSIONS] = {
    [STRUCT_VERSION] = {1, {1}},
    [PRODUCT_NAME] = {1, {2}},
    [BOOT_LOADER] = {2, {3, 1}},
    [TEE] = {2, {3, 2}},
    [SNP] = {2, {3, 3}},
    [SPL_4] = {2, {3, 4}},
    [SPL_5] = {2, {3, 5}},
    [SPL_6] = {2, {3, 6}},
    [SPL_7] = {2, {3, 7}},
    [MICROCODE] = {2, {3, 8}},
    [FMC] = {2, {3, 9}},
    [HARDWARE_ID] = {1, {4}},
    [PROVIDER_ID] = {1, {5}}, /* of the second arc: */
    [BASIC_CONSTRAINTS] = {1, {0x13}},
    [KEY_USAGE] = {1, {0x0f}},
};

/* Returns EXTENSIONS for one that is not read. */
static unsigned find_extension(struct sevl_der oid)
{
    bool is_amd = sevl_der_take_bytes(&oid, amd_arc, sizeof amd_arc);
    if (!is_amd && !sevl_der_take_bytes(&oid, x509_arc, sizeof x509_arc))
        return EXTENSIONS;
    for (unsigned i = 0; i < EXTENSIONS; i++)
        if ((i < BASIC_CONSTRAINTS) == is_amd &&
            sevl_der_equal(oid, identifiers[i].bytes, identifiers[i].size))
            return i;
    return EXTENSIONS;
}

static bool read_byte(uint8_t *byte, struct sevl_der value)
{
    uint32_t number;
    if (!sevl_der_take_number(&value, &number) || value.size != 0 || number > UINT8_MAX)
        return false;
    *byte = (uint8_t)number;
    return true;
}

static bool is_zero(struct sevl_der value)
{
    uint8_t byte;
    return read_byte(&byte, value) && byte == 0;
}

/* The structure of the extensions: 1 with Turin's, 0 with those before. */
static bool is_struct_version(const struct sevl_snp_certificate *certificate, struct sevl_der value)
{
    uint8_t byte;
    return read_byte(&byte, value) && byte == (certificate->product == SEVL_SNP_TURIN ? 1 : 0);
}

/* "Genoa", or with a stepping "Genoa-B1". Siena and Bergamo have certificates of Genoa's. */
static bool is_product_name(const struct sevl_snp_certificate *certificate, struct sevl_der value)
{
    static const char siena[] = {'S', 'i', 'e', 'n', 'a'};
    static const char bergamo[] = {'B', 'e', 'r', 'g', 'a', 'm', 'o'};
    struct sevl_der text;
    struct sevl_der name = sevl_snp_product_name(certificate->product);
    if (!sevl_der_take(&value, SEVL_DER_IA5_STRING, &text) || value.size != 0)
        return false;
    bool is_right = sevl_der_take_bytes(&text, name.bytes, name.size);
    if (!is_right && certificate->product == SEVL_SNP_GENOA)
        is_right = sevl_der_take_bytes(&text, siena, sizeof siena) ||
                   sevl_der_take_bytes(&text, bergamo, sizeof bergamo);
    return is_right && (text.size == 0 || text.bytes[0] == '-');
}

#define HARDWARE_ID_SIZE 64
#define HARDWARE_ID_SIZE_TURIN 8
#define PROVIDER_ID_SIZE_MAX 64

/* Raw bytes, in no element of their own: they may look like any. */
static bool read_hardware_id(struct sevl_snp_certificate *certificate, struct sevl_der value)
{
    certificate->hardware = (struct sevl_bytes){value.bytes, value.size};
    return value.size ==
           (certificate->product == SEVL_SNP_TURIN ? HARDWARE_ID_SIZE_TURIN : HARDWARE_ID_SIZE);
}

static bool read_provider_id(struct sevl_snp_certificate *certificate, struct sevl_der value)
{
    struct sevl_der text;
    if (!sevl_der_take(&value, SEVL_DER_IA5_STRING, &text) || value.size != 0)
        return false;
    certificate->provider = (struct sevl_bytes){text.bytes, text.size};
    return text.size > 0 && text.size <= PROVIDER_ID_SIZE_MAX;
}

/* An authority, whatever it says of the length of its path. */
static bool is_authority(struct sevl_der value)
{
    static const uint8_t is_true[] = {SEVL_DER_BOOLEAN, 1, 0xff};
    static const uint8_t path_length_0[] = {SEVL_DER_INTEGER, 1, 0};
    struct sevl_der sequence;
    if (!sevl_der_take(&value, SEVL_DER_SEQUENCE, &sequence) || value.size != 0)
        return false;
    if (!sevl_der_take_bytes(&sequence, is_true, sizeof is_true))
        return false;
    return sequence.size == 0 || sevl_der_equal(sequence, path_length_0, sizeof path_length_0);
}

/* A bit string of one byte in which keyCertSign is set. */
static bool signs_certificates(struct sevl_der value)
{
    struct sevl_der bits;
    if (!sevl_der_take(&value, SEVL_DER_BIT_STRING, &bits) || value.size != 0)
        return false;
    return bits.size == 2 && (bits.bytes[1] & 0x04) != 0;
}

static bool read_value(struct sevl_snp_certificate *certificate, unsigned extension,
                       struct sevl_der value)
{
    switch (extension) {
    case STRUCT_VERSION:
        return is_struct_version(certificate, value);
    case PRODUCT_NAME:
        return is_product_name(certificate, value);
    case BOOT_LOADER:
        return read_byte(&certificate->tcb.boot_loader, value);
    case TEE:
        return read_byte(&certificate->tcb.tee, value);
    case SNP:
        return read_byte(&certificate->tcb.snp, value);
    case MICROCODE:
        return read_byte(&certificate->tcb.microcode, value);
    case FMC:
        return read_byte(&certificate->tcb.fmc, value);
    case HARDWARE_ID:
        return read_hardware_id(certificate, value);
    case PROVIDER_ID:
        return read_provider_id(certificate, value);
    case BASIC_CONSTRAINTS:
        return is_authority(value);
    case KEY_USAGE:
        return signs_certificates(value);
    default: /* SPL_4 to SPL_7: no product uses them */
        return is_zero(value);
    }
}

/* A sequence of the identifier, whether it is critical, and the value. */
static bool take_extension(struct sevl_der *extensions, unsigned *extension, bool *is_critical,
                           struct sevl_der *value)
{
    static const uint8_t is_true[] = {SEVL_DER_BOOLEAN, 1, 0xff};
    struct sevl_der parts;
    struct sevl_der oid;
    if (!sevl_der_take(extensions, SEVL_DER_SEQUENCE, &parts) || !sevl_der_take_oid(&parts, &oid))
        return false;
    *extension = find_extension(oid);
    *is_critical = sevl_der_take_bytes(&parts, is_true, sizeof is_true);
    return sevl_der_take(&parts, SEVL_DER_OCTET_STRING, value) && parts.size == 0;
}

static unsigned required(const struct sevl_snp_certificate *certificate)
{
    unsigned version = certificate->product == SEVL_SNP_TURIN ? BIT(FMC) : BIT(SPL_4);
    if (certificate->kind == SEVL_SNP_VCEK)
        return OF_LEAVES | version | BIT(HARDWARE_ID);
    if (certificate->kind == SEVL_SNP_VLEK)
        return OF_LEAVES | version | BIT(PROVIDER_ID);
    return OF_AUTHORITIES;
}

bool sevl_snp_extensions_read(struct sevl_snp_certificate *certificate, struct sevl_der extensions)
{
    unsigned seen = 0;
    while (extensions.size > 0) {
        unsigned extension;
        bool is_critical;
        struct sevl_der value;
        if (!take_extension(&extensions, &extension, &is_critical, &value))
            return false;
        if (extension == EXTENSIONS && is_critical)
            return false;
        if (extension == EXTENSIONS)
            continue;
        if ((seen & BIT(extension)) != 0 || !read_value(certificate, extension, value))
            return false;
        seen |= BIT(extension);
    }
    return seen == required(certificate);
}
