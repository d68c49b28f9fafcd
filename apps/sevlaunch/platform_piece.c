/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "platform_piece.h"

#include "numbers.h"

#define VERSION 1
#define USAGE 8
#define USAGE_OF_AUTHORITY 36
#define MODULUS_BITS 60
#define HEAD_SIZE 64 /* of an authority's certificate: all before the numbers of its key */

static const struct usage {
    uint32_t number;
    enum sevl_sev_certificate_kind kind;
} usages[] = {{0x1001, SEVL_SEV_OCA}, {0x1002, SEVL_SEV_PEK}, {0x1003, SEVL_SEV_PDH},
              {0x1004, SEVL_SEV_CEK}, {0, SEVL_SEV_ARK},      {0x13, SEVL_SEV_ASK}};

/* The kind with this usage, if that is one of an authority or not, as is wanted. */
static struct platform_piece piece_of_usage(uint32_t number, bool is_authority)
{
    struct platform_piece piece = {.is_certificate = false};
    for (size_t i = 0; i < sizeof usages / sizeof *usages; i++)
        if (usages[i].number == number && platform_is_authority(usages[i].kind) == is_authority) {
            piece.is_certificate = true;
            piece.kind = usages[i].kind;
        }
    return piece;
}

/* Naples' ARK may end before its signature, where a file ends, too. */
static size_t size_of_authority(const uint8_t *bytes, size_t size, bool is_root)
{
    if (number_get32(bytes + MODULUS_BITS) != 2048)
        return SEVL_SEV_CA_SIZE_4096;
    return is_root && size == SEVL_SEV_CA_SIZE_UNSIGNED ? SEVL_SEV_CA_SIZE_UNSIGNED
                                                        : SEVL_SEV_CA_SIZE_2048;
}

/* The bytes that tell the usage of an authority are digits of a key in another certificate. */
struct platform_piece platform_piece_at(const uint8_t *bytes, size_t size)
{
    struct platform_piece piece = {.is_certificate = false};
    if (size < HEAD_SIZE || number_get32(bytes) != VERSION)
        return piece;
    piece = piece_of_usage(number_get32(bytes + USAGE), false);
    piece.size = SEVL_SEV_CERTIFICATE_SIZE;
    if (piece.is_certificate)
        return piece;
    piece = piece_of_usage(number_get32(bytes + USAGE_OF_AUTHORITY), true);
    piece.size = size_of_authority(bytes, size, piece.kind == SEVL_SEV_ARK);
    return piece;
}

const char *platform_kind_name(enum sevl_sev_certificate_kind kind)
{
    static const char *const names[PLATFORM_KINDS] = {
        [SEVL_SEV_ARK] = "ARK", [SEVL_SEV_ASK] = "ASK", [SEVL_SEV_CEK] = "CEK",
        [SEVL_SEV_OCA] = "OCA", [SEVL_SEV_PEK] = "PEK", [SEVL_SEV_PDH] = "PDH",
    };
    return names[kind];
}
