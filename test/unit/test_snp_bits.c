/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Every single bit of a report, of the certificates above it and of a revocation list is flipped:
 * what comes of it is refused, for a reason that the place of the bit tells.
 *
 *     test_snp_bits STEP PRODUCT
 *     test_snp_bits STEP REPORT LEAF INTERMEDIATE ROOT LIST
 *
 * STEP is 1 for all bits, or larger for some. PRODUCT is that of the tests' own AMD: 0 for Milan,
 * 1 for Genoa, 2 for Turin. Files are DER, and 1184 bytes; "-" is for none, and a report needs a
 * leaf.
 */
#include <sevlaunch/snp/verification.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amd_whole.h"
#include "require.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define FILE_MAX 4096
#define BIT(outcome) (1u << (outcome))

enum outcome { GOOD, FORM, UNTRUSTED, UNSIGNED, SIGNER, PRODUCT, TCB, CHIP, SIGNATURE, OUTCOMES };
static const char *const names[OUTCOMES] = {"good",        "not in form",    "not trusted",
                                            "not signed",  "another signer", "another product",
                                            "another TCB", "another chip",   "wrong signature"};

/* What is verified; a list or a report without bytes is not there. */
struct files {
    struct sevl_bytes report, leaf, intermediate, root, list;
};

/* What is right, and stays so while a bit of one file is flipped. */
static struct right {
    struct sevl_snp_fingerprint pin;
    struct sevl_snp_authority root, intermediate;
    struct sevl_snp_key key;
} right;

static size_t step;

static enum outcome outcome_of(enum sevl_result result)
{
    if (result == SEVL_UNTRUSTED)
        return UNTRUSTED;
    REQUIRE(result == SEVL_MATCH || result == SEVL_MISMATCH);
    return result == SEVL_MATCH ? GOOD : SIGNATURE;
}

static enum outcome outcome_of_fault(enum sevl_snp_report_fault fault)
{
    switch (fault) {
    case SEVL_SNP_REPORT_UNSIGNED:
        return UNSIGNED;
    case SEVL_SNP_REPORT_SIGNER:
        return SIGNER;
    case SEVL_SNP_REPORT_PRODUCT:
        return PRODUCT;
    case SEVL_SNP_REPORT_TCB:
        return TCB;
    case SEVL_SNP_REPORT_CHIP:
        return CHIP;
    default:
        REQUIRE(fault == SEVL_SNP_REPORT_SIGNATURE);
        return SIGNATURE;
    }
}

/* Each verifies one kind of file under what is right. */
typedef enum outcome verify_file(const uint8_t *bytes, size_t size);

static enum outcome verify_root(const uint8_t *bytes, size_t size)
{
    const struct sevl_snp_pins pins = {&right.pin, 1};
    struct sevl_snp_certificate certificate;
    struct sevl_snp_chain_memory memory;
    if (sevl_snp_certificate_read(&certificate, bytes, size) != SEVL_OK)
        return FORM;
    return outcome_of(sevl_snp_root_verify(&right.root, &certificate, &pins, &memory));
}

static enum outcome verify_intermediate(const uint8_t *bytes, size_t size)
{
    const struct sevl_snp_revocation allowing = {.allows_unpinned = true};
    struct sevl_snp_certificate certificate;
    struct sevl_snp_chain_memory memory;
    if (sevl_snp_certificate_read(&certificate, bytes, size) != SEVL_OK)
        return FORM;
    return outcome_of(sevl_snp_intermediate_verify(&right.intermediate, &right.root, &certificate,
                                                   &allowing, &memory));
}

static enum outcome verify_leaf(const uint8_t *bytes, size_t size)
{
    struct sevl_snp_certificate certificate;
    struct sevl_snp_chain_memory memory;
    if (sevl_snp_certificate_read(&certificate, bytes, size) != SEVL_OK)
        return FORM;
    return outcome_of(sevl_snp_leaf_verify(&right.key, &right.intermediate, &certificate, &memory));
}

static enum outcome verify_list(const uint8_t *bytes, size_t size)
{
    struct sevl_snp_crl crl;
    struct sevl_snp_chain_memory memory;
    if (sevl_snp_crl_read(&crl, bytes, size) != SEVL_OK)
        return FORM;
    return outcome_of(sevl_snp_crl_verify(&crl, &right.root, &memory));
}

static enum outcome verify_report(const uint8_t *bytes, size_t size)
{
    struct sevl_snp_report report;
    struct sevl_snp_report_memory memory;
    enum sevl_snp_report_fault fault;
    if (sevl_snp_report_read(&report, bytes, size) != SEVL_OK)
        return FORM;
    enum sevl_result result = sevl_snp_report_verify(&report, &right.key, &fault, &memory);
    REQUIRE((result == SEVL_MATCH) == (fault == SEVL_SNP_REPORT_GOOD));
    return result == SEVL_MATCH ? GOOD : outcome_of_fault(fault);
}

static bool is_in(size_t at, const uint8_t *file, const uint8_t *part, size_t size)
{
    return part != NULL && at >= (size_t)(part - file) && at - (size_t)(part - file) < size;
}

/*
 * What may come of a bit of something signed. Nothing outside of what is signed can be another
 * value: neither lengths, nor the name of the algorithm, nor the count of unused bits.
 */
static unsigned expected_of_signed(const uint8_t *file, size_t at,
                                   const struct sevl_snp_signed *sign)
{
    if (is_in(at, file, sign->signature, SEVL_SNP_SIGNATURE_SIZE))
        return BIT(SIGNATURE);
    if (!is_in(at, file, sign->message.bytes, sign->message.size))
        return BIT(FORM);
    return BIT(FORM) | BIT(SIGNATURE);
}

/* Keys and ids have no form; the rest of a key's information can have one alone. */
static unsigned expected_of_certificate(const uint8_t *file, size_t size, size_t bit)
{
    struct sevl_snp_certificate certificate;
    size_t at = bit / 8;
    REQUIRE(sevl_snp_certificate_read(&certificate, file, size) == SEVL_OK);
    bool is_leaf = certificate.kind == SEVL_SNP_VCEK || certificate.kind == SEVL_SNP_VLEK;
    if (is_in(at, file, certificate.key, is_leaf ? SEVL_P384_KEY_SIZE : SEVL_RSA_KEY_SIZE))
        return BIT(certificate.kind == SEVL_SNP_ARK ? UNTRUSTED : SIGNATURE);
    if (is_in(at, file, certificate.key_info.bytes, certificate.key_info.size))
        return BIT(FORM);
    if (is_in(at, file, certificate.hardware.bytes, certificate.hardware.size) ||
        is_in(at, file, certificate.provider.bytes, certificate.provider.size))
        return BIT(SIGNATURE);
    return expected_of_signed(file, at, &certificate.sign);
}

static unsigned expected_of_list(const uint8_t *file, size_t size, size_t bit)
{
    struct sevl_snp_crl crl;
    REQUIRE(sevl_snp_crl_read(&crl, file, size) == SEVL_OK);
    return expected_of_signed(file, bit / 8, &crl.sign);
}

/* Of a report (AMD 56860, table "ATTESTATION_REPORT"): where it is not the signature that tells. */
static const struct field {
    uint16_t at;
    uint16_t size;
    uint8_t from; /* versions below have zeros there */
    unsigned outcomes;
} fields[] = {
    {0x000, 4, 0, BIT(FORM) | BIT(PRODUCT) | BIT(SIGNATURE)}, /* as versions have more or less */
    {0x034, 4, 0, BIT(UNSIGNED)},
    {0x04c, 4, UINT8_MAX, 0},
    {0x180, 8, 0, BIT(TCB)},
    {0x188, 1, 3, BIT(PRODUCT)},
    {0x189, 1, 3, BIT(PRODUCT) | BIT(SIGNATURE)}, /* of any model of the product */
    {0x18a, 1, 3, BIT(SIGNATURE)},
    {0x18b, 21, UINT8_MAX, 0},
    {0x1a0, 64, 0, BIT(CHIP)},
    {0x1eb, 1, UINT8_MAX, 0},
    {0x1ef, 1, UINT8_MAX, 0},
    {0x1f8, 16, 4, BIT(SIGNATURE)},
    {0x208, 24, UINT8_MAX, 0},
    {0x220, 96, 6, BIT(SIGNATURE)},
    {0x280, 32, UINT8_MAX, 0},
    {0x2a0 + 48, 24, UINT8_MAX, 0},
    {0x2a0 + 72 + 48, 24, UINT8_MAX, 0},
    {0x2a0 + 144, 368, UINT8_MAX, 0},
};

/* Bit 0: there is an author key; 1: the chip's key is masked; 2 to 4: the signer. */
static unsigned expected_of_key_info(size_t bit)
{
    if (bit == 0)
        return BIT(SIGNATURE);
    if (bit == 1)
        return BIT(UNSIGNED);
    return bit < 5 ? BIT(SIGNER) : BIT(FORM);
}

static unsigned expected_of_report(const uint8_t *file, size_t size, size_t bit)
{
    REQUIRE(size == SEVL_SNP_REPORT_SIZE);
    if (bit / 8 - 0x48 < 4)
        return expected_of_key_info(bit - 8 * (size_t)0x48);
    for (size_t i = 0; i < COUNT(fields); i++)
        if (bit / 8 - fields[i].at < fields[i].size)
            return file[0] < fields[i].from ? BIT(FORM) : fields[i].outcomes;
    return BIT(SIGNATURE);
}

typedef unsigned expected_of_file(const uint8_t *file, size_t size, size_t bit);

static void print_counts(const char *what, const size_t counts[OUTCOMES])
{
    (void)printf("%s:", what);
    for (int i = 0; i < OUTCOMES; i++)
        if (counts[i] > 0)
            (void)printf(" %zu %s", counts[i], names[i]);
    (void)printf("\n");
}

static void flip_bits(const char *what, const struct sevl_bytes *file, verify_file *verify,
                      expected_of_file *expected_of)
{
    uint8_t bytes[FILE_MAX];
    size_t counts[OUTCOMES] = {0};
    const struct right before = right;
    REQUIRE(file->size <= sizeof bytes);
    memcpy(bytes, file->bytes, file->size);
    for (size_t bit = 0; bit < 8 * file->size; bit += step) {
        unsigned expected = expected_of(file->bytes, file->size, bit);
        bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
        enum outcome outcome = verify(bytes, file->size);
        bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
        right = before; /* what failed is zeros */
        if ((BIT(outcome) & expected) == 0) {
            (void)printf("%s: bit %zu of byte 0x%zx: %s\n", what, bit % 8, bit / 8, names[outcome]);
            exit(EXIT_FAILURE);
        }
        counts[outcome]++;
    }
    print_counts(what, counts);
    REQUIRE(verify(bytes, file->size) == GOOD);
}

/* The root of the files is the one that is trusted. */
static void pin_root(const struct sevl_bytes *root)
{
    struct sevl_snp_certificate certificate;
    REQUIRE(sevl_snp_certificate_read(&certificate, root->bytes, root->size) == SEVL_OK);
    REQUIRE(sevl_snp_fingerprint_compute(&right.pin, &certificate) == SEVL_OK);
}

static void check_files(const struct files *files)
{
    pin_root(&files->root);
    REQUIRE(verify_root(files->root.bytes, files->root.size) == GOOD);
    REQUIRE(verify_intermediate(files->intermediate.bytes, files->intermediate.size) == GOOD);
    if (files->leaf.size > 0)
        REQUIRE(verify_leaf(files->leaf.bytes, files->leaf.size) == GOOD);
    flip_bits("root", &files->root, verify_root, expected_of_certificate);
    flip_bits("intermediate", &files->intermediate, verify_intermediate, expected_of_certificate);
    if (files->leaf.size > 0)
        flip_bits("leaf", &files->leaf, verify_leaf, expected_of_certificate);
    if (files->list.size > 0)
        flip_bits("list", &files->list, verify_list, expected_of_list);
    if (files->report.size > 0)
        flip_bits("report", &files->report, verify_report, expected_of_report);
}

/* The chip's reports of every version, and one of the provider. */
static void check_amd(const struct known_amd *amd)
{
    const struct files provider = {{amd->reports[AMD_VERSIONS + 3], SEVL_SNP_REPORT_SIZE},
                                   amd->vlek,
                                   amd->asvk,
                                   amd->ark,
                                   {NULL, 0}};
    const struct files chip = {{NULL, 0}, amd->vcek, amd->ask, amd->ark, amd->crl_of_ask};
    check_files(&provider);
    check_files(&chip);
    for (size_t i = 0; i < AMD_VERSIONS; i++) {
        const struct sevl_bytes report = {amd->reports[i], SEVL_SNP_REPORT_SIZE};
        flip_bits("report", &report, verify_report, expected_of_report);
    }
}

static struct sevl_bytes read_path(const char *path)
{
    struct sevl_bytes none = {NULL, 0};
    uint8_t *bytes = malloc(FILE_MAX);
    REQUIRE(bytes != NULL);
    if (strcmp(path, "-") == 0)
        return none;
    FILE *file = fopen(path, "rb");
    REQUIRE(file != NULL);
    size_t size = fread(bytes, 1, FILE_MAX, file);
    REQUIRE(fclose(file) == 0 && size > 0 && size < FILE_MAX);
    return (struct sevl_bytes){bytes, size};
}

int main(int argc, char *argv[])
{
    REQUIRE(argc == 3 || argc == 7);
    step = (size_t)strtoul(argv[1], NULL, 10);
    REQUIRE(step > 0);
    if (argc == 3) {
        size_t product = (size_t)strtoul(argv[2], NULL, 10);
        REQUIRE(product < COUNT(amds));
        check_amd(&amds[product]);
        return EXIT_SUCCESS;
    }
    const struct files files = {read_path(argv[2]), read_path(argv[3]), read_path(argv[4]),
                                read_path(argv[5]), read_path(argv[6])};
    check_files(&files);
    return EXIT_SUCCESS;
}
