/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Every single bit of each certificate of a chain is flipped: what comes of it is refused at that
 * very certificate.
 *
 *     test_sev_bits STEP PLATFORM
 *     test_sev_bits STEP ARK ASK CEK OCA PEK PDH
 *
 * STEP is 1 for all bits, larger for some, and 0 for none: then the chain is verified alone.
 * PLATFORM is one of the tests' own: 0 with AMD's keys of 4096 bits, 1 with those of 2048. Files
 * are of a platform whose root is AMD's. Ends with 1 if a link does not hold.
 */
#include <sevlaunch/sev/chain.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "known_platform.h"
#include "require.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define FILE_MAX 4096

enum outcome { GOOD, FORM, UNTRUSTED, ABSENT, SIGNATURE, OUTCOMES };
static const char *const outcome_names[OUTCOMES] = {"good", "not in form", "not trusted",
                                                    "not signed", "wrong signature"};

/* What is right, and stays so while a bit of one file is flipped. */
static struct right {
    struct sevl_sev_authority authorities[2]; /* ARK, ASK */
    struct sevl_sev_key keys[4];              /* CEK, OCA, PEK, PDH */
} right;

static struct sevl_sev_pins pins;
static struct sevl_sev_chain_memory memory;

/* Verifies a file as a certificate of this kind, under what is right. */
static enum sevl_result verify_authority(size_t kind, const uint8_t *bytes, size_t size)
{
    struct sevl_sev_ca_certificate certificate;
    if (sevl_sev_ca_certificate_read(&certificate, bytes, size) != SEVL_OK)
        return SEVL_ERROR_ENCODING;
    if (certificate.kind != (enum sevl_sev_certificate_kind)kind)
        return SEVL_ERROR_ENCODING;
    if (kind == SEVL_SEV_ARK)
        return sevl_sev_ark_verify(&right.authorities[0], &certificate, &pins, &memory);
    return sevl_sev_ask_verify(&right.authorities[1], &right.authorities[0], &certificate, &memory);
}

static enum sevl_result verify_key(size_t kind, const uint8_t *bytes, size_t size)
{
    struct sevl_sev_key *keys = right.keys;
    struct sevl_sev_certificate certificate;
    if (sevl_sev_certificate_read(&certificate, bytes, size) != SEVL_OK)
        return SEVL_ERROR_ENCODING;
    switch (kind) {
    case SEVL_SEV_CEK:
        return sevl_sev_cek_verify(&keys[0], &right.authorities[1], &certificate, &memory);
    case SEVL_SEV_OCA:
        return sevl_sev_oca_verify(&keys[1], &certificate, NULL, &memory);
    case SEVL_SEV_PEK:
        return sevl_sev_pek_verify(&keys[2], &keys[0], &keys[1], &certificate, &memory);
    default:
        return sevl_sev_pdh_verify(&keys[3], &keys[2], &certificate, &memory);
    }
}

static enum outcome verify_file(size_t kind, const uint8_t *bytes, size_t size)
{
    enum sevl_result result =
        kind <= SEVL_SEV_ASK ? verify_authority(kind, bytes, size) : verify_key(kind, bytes, size);
    switch (result) {
    case SEVL_MATCH:
        return GOOD;
    case SEVL_MISMATCH:
        return SIGNATURE;
    case SEVL_UNTRUSTED:
        return UNTRUSTED;
    case SEVL_ERROR_ABSENT:
        return ABSENT;
    default:
        REQUIRE(result == SEVL_ERROR_ENCODING);
        return FORM;
    }
}

static const char *const kind_names[] = {"", "ARK", "ASK", "CEK", "OCA", "PEK", "PDH"};

static void flip_bits(size_t kind, const struct piece *file, size_t step)
{
    uint8_t bytes[FILE_MAX];
    size_t counts[OUTCOMES] = {0};
    const struct right before = right;
    REQUIRE(file->size <= sizeof bytes);
    memcpy(bytes, file->bytes, file->size);
    for (size_t bit = 0; bit < 8 * file->size; bit += step) {
        bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
        enum outcome outcome = verify_file(kind, bytes, file->size);
        bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
        right = before; /* what failed is zeros */
        if (outcome == GOOD) {
            (void)printf("%s: bit %zu of byte %zu is free\n", kind_names[kind], bit % 8, bit / 8);
            exit(EXIT_FAILURE);
        }
        counts[outcome]++;
    }
    (void)printf("%s:", kind_names[kind]);
    for (size_t i = 0; i < OUTCOMES; i++)
        if (counts[i] > 0)
            (void)printf(" %zu %s", counts[i], outcome_names[i]);
    (void)printf("\n");
}

static int check_chain(const struct piece files[6], size_t step)
{
    for (size_t i = 0; i < 6; i++) {
        enum outcome outcome = verify_file(i + 1, files[i].bytes, files[i].size);
        if (outcome != GOOD) {
            (void)printf("%s: %s\n", kind_names[i + 1], outcome_names[outcome]);
            return EXIT_FAILURE;
        }
    }
    for (size_t i = 0; step > 0 && i < 6; i++)
        flip_bits(i + 1, &files[i], step);
    return EXIT_SUCCESS;
}

static struct piece read_path(const char *path)
{
    uint8_t *bytes = malloc(FILE_MAX);
    REQUIRE(bytes != NULL);
    FILE *file = fopen(path, "rb");
    REQUIRE(file != NULL);
    size_t size = fread(bytes, 1, FILE_MAX, file);
    REQUIRE(fclose(file) == 0 && size > 0 && size < FILE_MAX);
    return (struct piece){bytes, size};
}

int main(int argc, char *argv[])
{
    struct piece files[6];
    REQUIRE(argc == 3 || argc == 8);
    size_t step = (size_t)strtoul(argv[1], NULL, 10);
    if (argc == 8) {
        for (size_t i = 0; i < COUNT(files); i++)
            files[i] = read_path(argv[2 + i]);
        return check_chain(files, step);
    }
    size_t index = (size_t)strtoul(argv[2], NULL, 10);
    REQUIRE(index < COUNT(platforms));
    const struct known_platform *own = &platforms[index];
    const struct piece pieces[] = {own->ark, own->ask, own->cek, own->oca, own->pek, own->pdh};
    pins = (struct sevl_sev_pins){&own->ark_pin, 1};
    return check_chain(pieces, step);
}
