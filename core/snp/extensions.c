/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "snp/extensions.h"

#include "snp/names.h"

/*
 * The extensions that are read, by numbers that are those of their identifiers: of AMD
 * 1.3.6.1.4.1.3704.1.N up to 5, and .3.N after them; of X.509 2.5.29.N.
 */
enum extension {
    UNKNOWN,
    STRUCT_VERSION = 1,
    PRODUCT_NAME = 2,
    PARTS = 3, /* of AMD's, where the numbers of these follow: */
    HARDWARE_ID = 4,
    PROVIDER_ID = 5,
    BOOT_LOADER,
    TEE,
    SNP,
    SPL_4,
    SPL_5,
    SPL_6,
    SPL_7,
    MICROCODE,
    FMC,
    KEY_USAGE = 15,
    BASIC_CONSTRAINTS = 19,
    EXTENSIONS
};
#define BIT(extension) (UINT32_C(1) << (extension))

/* What each kind must have. Another one that is read is refused. */
#define OF_LEAVES                                                                       \
    (BIT(STRUCT_VERSION) | BIT(PRODUCT_NAME) | BIT(BOOT_LOADER) | BIT(TEE) | BIT(SNP) | \
     BIT(SPL_5) | BIT(SPL_6) | BIT(SPL_7) | BIT(MICROCODE))
#define OF_AUTHORITIES (BIT(BASIC_CONSTRAINTS) | BIT(KEY_USAGE))
#define READ \
    (OF_LEAVES | BIT(HARDWARE_ID) | BIT(PROVIDER_ID) | BIT(SPL_4) | BIT(FMC) | OF_AUTHORITIES)

/* Extensions as they are read. */
struct reading {
    struct sevl_snp_certificate *certificate;
    uint32_t seen;
    uint8_t numbers[EXTENSIONS]; /* of those that are numbers */
};

/* Object identifiers: 1.3.6.1.4.1.3704.1 and what follows; 2.5.29 and what follows. */
static const uint8_t amd_arc[] = {0x2b, 0x06, 0x01, 0x04, 0x01, 0x9c, 0x78, 0x01};
static const uint8_t x509_arc[] = {0x55, 0x1d};

static unsigned find_amd_extension(const struct sevl_der *number)
{
    if (number->size == 1 && number->bytes[0] <= PROVIDER_ID)
        return number->bytes[0];
    if (number->size == 2 && number->bytes[0] == PARTS && number->bytes[1] != 0 &&
        number->bytes[1] <= FMC - PROVIDER_ID)
        return PROVIDER_ID + (unsigned)number->bytes[1];
    return UNKNOWN;
}

static unsigned find_extension(struct sevl_der *oid)
{
    if (sevl_der_take_bytes(oid, amd_arc, sizeof amd_arc))
        return find_amd_extension(oid);
    if (!sevl_der_take_bytes(oid, x509_arc, sizeof x509_arc) || oid->size != 1)
        return UNKNOWN;
    unsigned extension = oid->bytes[0];
    return extension >= KEY_USAGE && extension < EXTENSIONS ? extension : UNKNOWN;
}

static bool read_byte(uint8_t *byte, struct sevl_der *value)
{
    uint32_t number;
    if (!sevl_der_take_number(value, &number) || value->size != 0 || number > UINT8_MAX)
        return false;
    *byte = (uint8_t)number;
    return true;
}

/* "Genoa", or with a stepping "Genoa-B1". Siena and Bergamo have certificates of Genoa's. */
static bool is_product_name(const struct sevl_snp_certificate *certificate, struct sevl_der *value)
{
    static const char siena[] = {'S', 'i', 'e', 'n', 'a'};
    static const char bergamo[] = {'B', 'e', 'r', 'g', 'a', 'm', 'o'};
    struct sevl_der text;
    struct sevl_der name = sevl_snp_product_name(certificate->product);
    if (!sevl_der_take_only(value, SEVL_DER_IA5_STRING, &text))
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
static bool read_hardware_id(struct sevl_snp_certificate *certificate, struct sevl_der *value)
{
    certificate->hardware = (struct sevl_bytes){value->bytes, value->size};
    return value->size ==
           (certificate->product == SEVL_SNP_TURIN ? HARDWARE_ID_SIZE_TURIN : HARDWARE_ID_SIZE);
}

static bool read_provider_id(struct sevl_snp_certificate *certificate, struct sevl_der *value)
{
    struct sevl_der text;
    if (!sevl_der_take_only(value, SEVL_DER_IA5_STRING, &text))
        return false;
    certificate->provider = (struct sevl_bytes){text.bytes, text.size};
    return text.size > 0 && text.size <= PROVIDER_ID_SIZE_MAX;
}

/* An authority, whatever it says of the length of its path: nothing, or 0. */
static bool is_authority(struct sevl_der *value)
{
    static const uint8_t form[] = {
        SEVL_DER_SEQUENCE, 6, SEVL_DER_BOOLEAN, 1, 0xff, SEVL_DER_INTEGER, 1, 0};
    return sevl_der_is_form(value, form, sizeof form, sizeof form - 3, 1);
}

/* A bit string of one byte in which keyCertSign is set. */
static bool signs_certificates(struct sevl_der *value)
{
    struct sevl_der bits;
    return sevl_der_take_only(value, SEVL_DER_BIT_STRING, &bits) && bits.size == 2 &&
           (bits.bytes[1] & 0x04) != 0;
}

static bool read_value(struct reading *reading, unsigned extension, struct sevl_der *value)
{
    switch (extension) {
    case PRODUCT_NAME:
        return is_product_name(reading->certificate, value);
    case HARDWARE_ID:
        return read_hardware_id(reading->certificate, value);
    case PROVIDER_ID:
        return read_provider_id(reading->certificate, value);
    case BASIC_CONSTRAINTS:
        return is_authority(value);
    case KEY_USAGE:
        return signs_certificates(value);
    default:
        return read_byte(&reading->numbers[extension], value);
    }
}

/* A sequence of the identifier, whether it is critical, and the value. */
static bool take_extension(struct reading *reading, struct sevl_der *extensions)
{
    static const uint8_t is_true[] = {SEVL_DER_BOOLEAN, 1, 0xff};
    struct sevl_der parts;
    struct sevl_der oid;
    struct sevl_der value;
    if (!sevl_der_take(extensions, SEVL_DER_SEQUENCE, &parts) || !sevl_der_take_oid(&parts, &oid))
        return false;
    unsigned extension = find_extension(&oid);
    bool is_critical = sevl_der_take_bytes(&parts, is_true, sizeof is_true);
    if (!sevl_der_take_only(&parts, SEVL_DER_OCTET_STRING, &value))
        return false;
    if ((READ & BIT(extension)) == 0)
        return !is_critical;
    if ((reading->seen & BIT(extension)) != 0)
        return false;
    reading->seen |= BIT(extension);
    return read_value(reading, extension, &value);
}

static uint32_t required(const struct sevl_snp_certificate *certificate)
{
    uint32_t version = certificate->product == SEVL_SNP_TURIN ? BIT(FMC) : BIT(SPL_4);
    if (certificate->kind == SEVL_SNP_VCEK)
        return OF_LEAVES | version | BIT(HARDWARE_ID);
    if (certificate->kind == SEVL_SNP_VLEK)
        return OF_LEAVES | version | BIT(PROVIDER_ID);
    return OF_AUTHORITIES;
}

/*
 * Numbers that were not seen are 0. The structure of the extensions is 1 where there is FMC, 0
 * elsewhere. No product uses SPL_4 to SPL_7.
 */
static bool set_numbers(const struct reading *reading)
{
    const uint8_t *numbers = reading->numbers;
    unsigned structure = (reading->seen & BIT(FMC)) != 0 ? 1 : 0;
    reading->certificate->tcb =
        (struct sevl_snp_tcb){numbers[FMC], numbers[BOOT_LOADER], numbers[TEE], numbers[SNP],
                              numbers[MICROCODE]};
    return numbers[STRUCT_VERSION] == structure &&
           (numbers[SPL_4] | numbers[SPL_5] | numbers[SPL_6] | numbers[SPL_7]) == 0;
}

bool sevl_snp_extensions_read(struct sevl_snp_certificate *certificate, struct sevl_der extensions)
{
    struct reading reading = {certificate, 0, {0}};
    while (extensions.size > 0)
        if (!take_extension(&reading, &extensions))
            return false;
    return reading.seen == required(certificate) && set_numbers(&reading);
}
