/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sevl_session_random_draw, for every source: it succeeds only with bytes of which every draw
 * succeeded, with a d that was accepted and is not one that was refused just before, and with no
 * two equal blocks but d's upper ones, and no last block that stands before.
 */
#include "proof.h"

#include <core/sev/session_random.c>

static struct sevl_session_random drawn;
static uint8_t refused[SEVL_P384_SIZE];
static uint8_t looked_at[SEVL_P384_SIZE]; /* the d whose range was asked for last */
static unsigned draws;
static bool failed;
static bool is_accepted;
static bool came_again;
static unsigned equals; /* blocks that were found */

bool sevl_constant_time_equal(const uint8_t *a, const uint8_t *b, size_t size)
{
    PROVE(__CPROVER_r_ok(a, size) && __CPROVER_r_ok(b, size));
    PROVE(a != b && (size == 16 || size == SEVL_P384_SIZE));
    uint8_t difference = 0;
    for (size_t i = 0; i < size; i++)
        difference |= a[i] ^ b[i];
    if (size == 16)
        equals += difference == 0;
    return difference == 0;
}

bool sevl_p384_is_private_key(const uint8_t number[SEVL_P384_SIZE])
{
    PROVE(number == drawn.d);
    memcpy(looked_at, number, sizeof looked_at);
    is_accepted = nondet_bool();
    return is_accepted;
}

static bool draw(void *context, uint8_t *bytes, size_t size)
{
    struct sevl_session_random given;
    __CPROVER_havoc_object(&given);
    PROVE(context == &draws && !failed && !is_accepted);
    PROVE(bytes == (uint8_t *)&drawn);
    PROVE(size == (draws == 0 ? sizeof drawn : SEVL_P384_SIZE));
    memcpy(bytes, &given, size);
    came_again = draws > 0 && memcmp(looked_at, drawn.d, sizeof looked_at) == 0;
    draws++;
    failed = nondet_bool();
    return !failed;
}

static bool has_equal(size_t i, size_t j)
{
    const uint8_t *bytes = (const uint8_t *)&drawn;
    return memcmp(bytes + i, bytes + j, 16) == 0;
}

int main(void)
{
    static const struct sevl_random random = {draw, &draws};
    size_t i = any_below(sizeof drawn / 16);
    size_t j = any_below(sizeof drawn / 16);
    size_t last = sizeof drawn - 16;
    size_t any = any_below(last);
    ASSUME(i > j && i >= 2);
    enum sevl_result result = sevl_session_random_draw(&drawn, refused, &random);
    REACHES(result == SEVL_OK && draws == 1);
    REACHES(result == SEVL_OK && draws == 3);
    REACHES(result == SEVL_OK && drawn.d[0] == drawn.d[16] &&
            memcmp(drawn.d, drawn.d + 16, 16) == 0);
    REACHES(result == SEVL_ERROR_RANDOM && is_accepted);
    PROVE(result == SEVL_OK || result == SEVL_ERROR_RANDOM);
    PROVE(draws <= 3);
    if (result == SEVL_OK) {
        PROVE(memcmp(looked_at, drawn.d, sizeof looked_at) == 0);
        PROVE(!failed && is_accepted && !came_again);
        PROVE(!has_equal(16 * i, 16 * j) && !has_equal(last, any));
    } else {
        PROVE(failed || came_again || (draws == 3 && !is_accepted) || equals > 0);
    }
}
