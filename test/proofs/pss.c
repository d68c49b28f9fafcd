/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sevl_pss_take, for any bytes of up to 76: an algorithm is taken if and only if they begin with
 * one of the two encodings of RFC 4055 for RSASSA-PSS with SHA-384 twice and a salt of 48 bytes:
 * with the trailer field, or without it.
 */
#include "equal_model.h"

#include <core/x509/pss.c>

#define TRAILER 5

/* With the trailer field. */
static const uint8_t whole[72] = {0x30, 70,   0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01,
                                  0x01, 0x0a, 0x30, 57,   0xa0, 0x0f, 0x30, 0x0d, 0x06, 0x09, 0x60,
                                  0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x02, 0x05, 0x00, 0xa1,
                                  0x1c, 0x30, 0x1a, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d,
                                  0x01, 0x01, 0x08, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01,
                                  0x65, 0x03, 0x04, 0x02, 0x02, 0x05, 0x00, 0xa2, 0x03, 0x02, 0x01,
                                  0x30, 0xa3, 0x03, 0x02, 0x01, 0x01};

/* Whether bytes begin with it, less the last bytes that are left out. */
static bool begins(const uint8_t *bytes, size_t size, uint8_t left_out)
{
    size_t wanted = sizeof whole - left_out;
    if (size < wanted || bytes[1] != whole[1] - left_out || bytes[14] != whole[14] - left_out)
        return false;
    for (size_t i = 0; i < wanted; i++)
        if (i != 1 && i != 14 && bytes[i] != whole[i])
            return false;
    return true;
}

int main(void)
{
    uint8_t memory[sizeof whole + 4];
    size_t size = any_below(sizeof memory + 1);
    const uint8_t *bytes = ENDING(memory, size);
    struct sevl_der from = {bytes, size};
    struct sevl_der element;
    size_t wanted = begins(bytes, size, 0)         ? sizeof whole
                    : begins(bytes, size, TRAILER) ? sizeof whole - TRAILER
                                                   : 0;

    bool taken = sevl_pss_take(&from, &element);

    REACHES(taken && wanted == sizeof whole && from.size == 0);
    REACHES(taken && wanted < sizeof whole && from.size == 2);
    REACHES(!taken && size == sizeof memory);
    PROVE(taken == (wanted > 0));
    if (!taken)
        return 0;
    PROVE(element.bytes == bytes && element.size == wanted);
    PROVE(from.bytes == bytes + wanted && from.size == size - wanted);
}
