/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Validates a launch, explains a mismatch, seals a secret and encodes one, multiplies points by
 * private keys and makes a session. The keys, and so the computed MEASURE, the secret and all that
 * a session draws are marked undefined: valgrind and MemorySanitizer then report each branch and
 * each address that depends on them.
 *
 * What is public in the end is marked as defined: whether measurements are equal, the sealed
 * packet, whether numbers are private keys, whether one that blinds is 0, a session's IV, blob and
 * public key, and whether random bytes repeat.
 */
#include <sevlaunch/base64.h>
#include <sevlaunch/sev/diagnose.h>
#include <sevlaunch/sev/secret.h>
#include <sevlaunch/sev/session.h>
#include <string.h>

#include "crypto/p384_secret.h"
#include "sev/session_random.h"
#include "sev/vectors.h"
#include <sevlaunch/sha256.h>

#ifdef MEMORY_SANITIZER
#include <sanitizer/msan_interface.h>
#define HIDE(memory, size) __msan_poison(memory, size)
#define SHOW(memory, size) __msan_unpoison(memory, size)
#else
#include <valgrind/memcheck.h>
#define HIDE(memory, size) VALGRIND_MAKE_MEM_UNDEFINED(memory, size)
#define SHOW(memory, size) VALGRIND_MAKE_MEM_DEFINED(memory, size)
#endif

struct keys {
    uint8_t tek[SEVL_TEK_SIZE];
    uint8_t tik[SEVL_TIK_SIZE];
};

bool __real_sevl_constant_time_equal(const uint8_t *a, const uint8_t *b, size_t size);
bool __wrap_sevl_constant_time_equal(const uint8_t *a, const uint8_t *b, size_t size);

/* LEAK_EQUAL: a comparison that ends at the first difference; the tool must report it. */
bool __wrap_sevl_constant_time_equal(const uint8_t *a, const uint8_t *b, size_t size)
{
#ifdef LEAK_EQUAL
    bool equal = memcmp(a, b, size) == 0;
#else
    bool equal = __real_sevl_constant_time_equal(a, b, size);
#endif
    SHOW(&equal, sizeof equal);
    return equal;
}

void __real_sevl_limbs_swap_masked(sevl_limb *a, sevl_limb *b, sevl_limb mask, size_t count);
void __wrap_sevl_limbs_swap_masked(sevl_limb *a, sevl_limb *b, sevl_limb mask, size_t count);

/* LEAK_SWAP: a mask that a branch depends on; the tool must report it. */
void __wrap_sevl_limbs_swap_masked(sevl_limb *a, sevl_limb *b, sevl_limb mask, size_t count)
{
#ifdef LEAK_SWAP
    if (mask == 0)
        return;
#endif
    __real_sevl_limbs_swap_masked(a, b, mask, count);
}

bool __real_sevl_limbs_are_zero(const sevl_limb *a, size_t count);
bool __wrap_sevl_limbs_are_zero(const sevl_limb *a, size_t count);

bool __wrap_sevl_limbs_are_zero(const sevl_limb *a, size_t count)
{
    bool are_zero = __real_sevl_limbs_are_zero(a, count);
    SHOW(&are_zero, sizeof are_zero);
    return are_zero;
}

bool __real_sevl_p384_is_private_key(const uint8_t number[SEVL_P384_SIZE]);
bool __wrap_sevl_p384_is_private_key(const uint8_t number[SEVL_P384_SIZE]);

bool __wrap_sevl_p384_is_private_key(const uint8_t number[SEVL_P384_SIZE])
{
    bool is_key = __real_sevl_p384_is_private_key(number);
    SHOW(&is_key, sizeof is_key);
    return is_key;
}

static bool validates(const struct sevl_vector *vector, const struct keys *keys)
{
    struct sevl_measurement forged = vector->reported;
    forged.measure[SEVL_MEASURE_SIZE - 1] ^= 1;
    return sevl_measurement_verify(keys->tik, &vector->launch, vector->launch_digest,
                                   &vector->reported) == SEVL_MATCH &&
           sevl_measurement_verify(keys->tik, &vector->launch, vector->launch_digest, &forged) ==
               SEVL_MISMATCH;
}

static bool explains(const struct sevl_vector *vector, const struct keys *keys)
{
    uint8_t scratch[SEVL_DIAGNOSE_SCRATCH_MIN];
    struct sevl_findings findings;
    struct sevl_reference_values reference = {.has_firmware = false};
    struct sevl_evidence evidence = {.launch = vector->launch, .measurement = vector->reported};
    memcpy(reference.launch_digest, vector->launch_digest, sizeof reference.launch_digest);
    evidence.launch.policy ^= 1;
    return sevl_diagnose(&reference, &evidence, keys->tek, keys->tik,
                         (struct sevl_scratch){scratch, sizeof scratch}, UINT32_MAX,
                         &findings) == SEVL_OK &&
           findings.finding[0].mistake == SEVL_MISTAKE_POLICY;
}

static bool seals(const struct sevl_vector *vector, const struct keys *keys)
{
    static const struct sevl_guid guid = {{1}};
    static const uint8_t iv[SEVL_SECRET_IV_SIZE] = {2};
    uint8_t secret[100] = {3};
    uint8_t buffer[256];
    uint8_t header[SEVL_SECRET_HEADER_SIZE];
    struct sevl_secret_table table;
    size_t size;
    HIDE(secret, sizeof secret);
    const struct sevl_secret_seal seal = {.verdict = SEVL_MATCH,
                                          .tek = keys->tek,
                                          .tik = keys->tik,
                                          .measure = vector->reported.measure,
                                          .iv = iv};
    bool sealed =
        sevl_secret_begin(&table, buffer, sizeof buffer, SEVL_SECRET_PADDING_LIBVIRT) == SEVL_OK &&
        sevl_secret_add(&table, buffer, &guid, secret, sizeof secret) == SEVL_OK &&
        sevl_secret_seal(&table, buffer, &seal, header, &size) == SEVL_OK;
    SHOW(buffer, sizeof buffer);
    SHOW(header, sizeof header);
    return sealed && size == 144;
}

/* As the command shows a computed MEASURE. */
static bool encodes(void)
{
    uint8_t bytes[SEVL_MEASURE_SIZE] = {5};
    char text[SEVL_BASE64_SIZE(sizeof bytes)];
    HIDE(bytes, sizeof bytes);
    bool encoded = sevl_base64_encode(bytes, sizeof bytes, text, sizeof text) == SEVL_OK;
    SHOW(text, sizeof text);
    return encoded && text[sizeof text - 2] == '=';
}

/* The product of a secret number, and of another secret one. */
static bool multiply(uint8_t last, const struct sevl_p384_key *point, uint8_t random,
                     struct sevl_p384_key *product)
{
    struct sevl_p384_secret memory;
    uint8_t d[SEVL_P384_SIZE] = {[SEVL_P384_SIZE - 1] = last};
    uint8_t blinding[SEVL_P384_SIZE] = {random};
    HIDE(d, sizeof d);
    HIDE(blinding, sizeof blinding);
    return sevl_p384_secret_multiply(&memory, d, point, blinding, product) == SEVL_OK;
}

/* 3 times 5 points is 5 times 3 points: what two would share. */
static bool agrees(void)
{
    struct sevl_p384_key three, five, shared, other;
    if (!multiply(3, NULL, 6, &three) || !multiply(5, NULL, 7, &five))
        return false;
    SHOW(&three, sizeof three);
    SHOW(&five, sizeof five);
    bool agrees = multiply(3, &five, 8, &shared) && multiply(5, &three, 9, &other);
    SHOW(&shared, sizeof shared);
    SHOW(&other, sizeof other);
    return agrees && memcmp(&shared, &other, sizeof other) == 0 &&
           memcmp(&shared, &three, sizeof three) != 0;
}

static bool refuses_0(void)
{
    struct sevl_p384_key product;
    return !multiply(0, NULL, 6, &product) && !multiply(1, NULL, 0, &product);
}

/* Other bytes each time. The host gets the IV. */
static bool draw_hidden(void *context, uint8_t *bytes, size_t size)
{
    struct sevl_session_random drawn;
    uint8_t *next = context;
    memset(&drawn, 0, sizeof drawn);
    for (size_t i = 0; i < size; i++)
        ((uint8_t *)&drawn)[i] = (*next)++;
    HIDE(&drawn, sizeof drawn);
    SHOW(drawn.iv, sizeof drawn.iv);
    memcpy(bytes, &drawn, size);
    return true;
}

static bool makes_session(void)
{
    struct sevl_sev_key pdh = {.verdict = SEVL_MATCH, .kind = SEVL_SEV_PDH};
    struct sevl_sev_session session;
    struct sevl_sev_session_memory memory;
    uint8_t first = 1;
    const struct sevl_random random = {draw_hidden, &first};
    struct sevl_p384_key key;
    bool made = multiply(3, NULL, 6, &key);
    SHOW(&key, sizeof key);
    memcpy(pdh.key, &key, sizeof pdh.key);
    made = made && sevl_sev_session_make(&session, &pdh, 5, &random, &memory) == SEVL_OK;
    SHOW(session.blob, sizeof session.blob);
    SHOW(session.godh, sizeof session.godh);
    return made && session.blob[0] == 81;
}

int main(void)
{
    const struct sevl_vector *vector =
        &sevl_vectors[sizeof sevl_vectors / sizeof *sevl_vectors - 1];
    struct keys keys = {.tek = {4}};
    memcpy(keys.tik, vector->tik, sizeof keys.tik);
    HIDE(&keys, sizeof keys);
    return validates(vector, &keys) && explains(vector, &keys) && seals(vector, &keys) &&
                   encodes() && agrees() && refuses_0() && makes_session()
               ? 0
               : 1;
}
