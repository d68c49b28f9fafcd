/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "crypto/p384_secret.h"

#include <string.h>

#include "base/compiler.h"
#include "sevlaunch/wipe.h"

#define BITS 384

/*
 * What a compiler puts on the stack of the arithmetic. It is called from a function that is not
 * inlined, so that wipe_frames() has its own frame in the same place.
 */
#define FRAMES_SIZE 768

static bool read_point(struct sevl_p384_secret *m, const struct sevl_p384_key *point)
{
    if (point != NULL)
        return sevl_p384_read(&m->p384, &m->multiple, point->x, point->y);
    m->multiple = sevl_p384_generator;
    return true;
}

/* Multiplies all coordinates, which leaves the point the same. Returns false if by 0. */
static bool blind(struct sevl_p384_secret *m, const uint8_t blinding[SEVL_P384_SIZE])
{
    sevl_limb *factor = m->next.x;
    sevl_limb *const coordinates[] = {m->multiple.x, m->multiple.y, m->multiple.z};
    sevl_limbs_read(factor, SEVL_P384_LIMBS, blinding);
    sevl_p384_to_field(&m->p384, factor, factor);
    if (sevl_limbs_are_zero(factor, SEVL_P384_LIMBS))
        return false;
    for (size_t i = 0; i < 3; i++)
        sevl_montgomery_multiply(&m->p384.field, coordinates[i], coordinates[i], factor,
                                 m->p384.work);
    return true;
}

/*
 * Reads d and adds n, once or twice, which leaves the product the same: the sum is in 2^384 to
 * 2^385 - 1. Its highest bit is not kept. Returns false if d is not in 1 to n - 1.
 */
static bool read_secret_scalar(struct sevl_p384_secret *m, const uint8_t d[SEVL_P384_SIZE])
{
    if (!sevl_p384_is_private_key(d))
        return false;
    sevl_limbs_read(m->scalar, SEVL_P384_LIMBS, d);
    sevl_limb carry = sevl_limbs_add(m->scalar, m->scalar, sevl_p384_n, SEVL_P384_LIMBS);
    sevl_limbs_add_masked(m->scalar, sevl_p384_n, carry - 1, SEVL_P384_LIMBS);
    return true;
}

static void swap_points(struct sevl_p384_secret *m, sevl_limb mask)
{
    sevl_limbs_swap_masked(m->multiple.x, m->next.x, mask, SEVL_P384_LIMBS);
    sevl_limbs_swap_masked(m->multiple.y, m->next.y, mask, SEVL_P384_LIMBS);
    sevl_limbs_swap_masked(m->multiple.z, m->next.z, mask, SEVL_P384_LIMBS);
}

/*
 * Montgomery's ladder. With k the bits of the scalar so far, the highest one first, the points
 * are k and k + 1 times the point; they stay in changed places while the bits are 1.
 */
static void climb(struct sevl_p384_secret *m)
{
    sevl_limb last = 0;
    sevl_p384_add(&m->p384, &m->next, &m->multiple, &m->multiple);
    for (size_t i = BITS; i > 0; i--) {
        sevl_limb bit = sevl_limbs_bit(m->scalar, i - 1);
        swap_points(m, (sevl_limb)0 - (bit ^ last));
        sevl_p384_add(&m->p384, &m->next, &m->multiple, &m->next);
        sevl_p384_add(&m->p384, &m->multiple, &m->multiple, &m->multiple);
        last = bit;
    }
    swap_points(m, (sevl_limb)0 - last);
}

/* A coordinate as bytes: it times `inverse`, which is not in Montgomery's form, nor is that. */
static void write_affine(struct sevl_p384_secret *m, sevl_limb *coordinate,
                         const sevl_limb *inverse, uint8_t bytes[SEVL_P384_SIZE])
{
    sevl_montgomery_multiply(&m->p384.field, coordinate, coordinate, inverse, m->p384.work);
    sevl_limbs_write(coordinate, SEVL_P384_LIMBS, bytes);
}

/* X / Z and Y / Z. By Fermat, 1 / Z is Z^(p-2); Z is not 0, since the order of points is n. */
static void write_product(struct sevl_p384_secret *m, struct sevl_p384_key *product)
{
    static const sevl_p384_number one = {1};
    sevl_limb *exponent = m->scalar;
    sevl_limb *inverse = m->next.x;
    memcpy(exponent, m->p384.field.limbs, sizeof m->scalar);
    exponent[0] -= 2;
    sevl_montgomery_power(&m->p384.field, inverse, m->multiple.z, exponent, m->p384.work);
    sevl_montgomery_multiply(&m->p384.field, inverse, inverse, one, m->p384.work);
    write_affine(m, m->multiple.x, inverse, product->x);
    write_affine(m, m->multiple.y, inverse, product->y);
}

static SEVL_NOINLINE enum sevl_result multiply_in_own_frame(struct sevl_p384_secret *m,
                                                            const uint8_t d[SEVL_P384_SIZE],
                                                            const struct sevl_p384_key *point,
                                                            const uint8_t blinding[SEVL_P384_SIZE],
                                                            struct sevl_p384_key *product)
{
    sevl_p384_init(&m->p384);
    if (!read_point(m, point))
        return SEVL_ERROR_ENCODING;
    if (!blind(m, blinding))
        return SEVL_ERROR_STATE;
    if (!read_secret_scalar(m, d))
        return SEVL_ERROR_STATE;
    climb(m);
    write_product(m, product);
    return SEVL_OK;
}

static SEVL_NOINLINE void wipe_frames(void)
{
    uint8_t frames[FRAMES_SIZE];
    sevl_wipe(frames, sizeof frames);
}

enum sevl_result sevl_p384_secret_multiply(struct sevl_p384_secret *m,
                                           const uint8_t d[SEVL_P384_SIZE],
                                           const struct sevl_p384_key *point,
                                           const uint8_t blinding[SEVL_P384_SIZE],
                                           struct sevl_p384_key *product)
{
    enum sevl_result result = multiply_in_own_frame(m, d, point, blinding, product);
    sevl_wipe(m, sizeof *m);
    wipe_frames();
    return result;
}
