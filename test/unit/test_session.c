/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The arguments are published certificates, of Rome's PDH and Naples': their test needs them. */
#include <sevlaunch/sev/session.h>
#include <sevlaunch/sha384.h>
#include <stdio.h>
#include <string.h>

#include "crypto/aes_ctr.h"
#include "crypto/kdf.h"
#include "crypto/p384_secret.h"
#include "session_table.h"
#include "sev/session_random.h"
#include "support.h"

#define BLOCK 16
#define BLOCKS 13
#define DRAWN ((int)sizeof(struct sevl_session_random))

bool __real_sevl_constant_time_equal(const uint8_t *a, const uint8_t *b, size_t size);
bool __wrap_sevl_constant_time_equal(const uint8_t *a, const uint8_t *b, size_t size);

static int comparisons;
static int wrong_comparison;

bool __wrap_sevl_constant_time_equal(const uint8_t *a, const uint8_t *b, size_t size)
{
    bool equal = __real_sevl_constant_time_equal(a, b, size);
    return ++comparisons == wrong_comparison ? !equal : equal;
}

/* The calls that compute a secret: the n-th is left out; 0: none. */
static int computations;
static int left_out;

enum sevl_result __real_sevl_p384_secret_multiply(struct sevl_p384_secret *m,
                                                  const uint8_t d[SEVL_P384_SIZE],
                                                  const struct sevl_p384_key *point,
                                                  const uint8_t blinding[SEVL_P384_SIZE],
                                                  struct sevl_p384_key *product);
enum sevl_result __wrap_sevl_p384_secret_multiply(struct sevl_p384_secret *m,
                                                  const uint8_t d[SEVL_P384_SIZE],
                                                  const struct sevl_p384_key *point,
                                                  const uint8_t blinding[SEVL_P384_SIZE],
                                                  struct sevl_p384_key *product);
enum sevl_result __wrap_sevl_p384_secret_multiply(struct sevl_p384_secret *m,
                                                  const uint8_t d[SEVL_P384_SIZE],
                                                  const struct sevl_p384_key *point,
                                                  const uint8_t blinding[SEVL_P384_SIZE],
                                                  struct sevl_p384_key *product)
{
    if (++computations == left_out)
        return SEVL_OK;
    return __real_sevl_p384_secret_multiply(m, d, point, blinding, product);
}

enum sevl_result __real_sevl_kdf(const uint8_t *key, size_t key_size,
                                 const struct sevl_kdf_purpose *purpose,
                                 uint8_t derived[SEVL_SHA256_SIZE]);
enum sevl_result __wrap_sevl_kdf(const uint8_t *key, size_t key_size,
                                 const struct sevl_kdf_purpose *purpose,
                                 uint8_t derived[SEVL_SHA256_SIZE]);
enum sevl_result __wrap_sevl_kdf(const uint8_t *key, size_t key_size,
                                 const struct sevl_kdf_purpose *purpose,
                                 uint8_t derived[SEVL_SHA256_SIZE])
{
    if (++computations == left_out)
        return SEVL_OK;
    return __real_sevl_kdf(key, key_size, purpose, derived);
}

static const char *published[2];

static struct sevl_sev_key pdh;
static struct sevl_sev_session session;
static struct sevl_sev_session_memory memory;

/* What the source gives: all at once, then a d each time. */
#define DRAWS 4
static struct {
    uint8_t all[sizeof(struct sevl_session_random)];
    uint8_t d[DRAWS][SEVL_P384_SIZE];
    int draws;
    int failing_draw;
    bool spoils_pdh;
} source;

static const uint8_t order[SEVL_P384_SIZE] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                                              0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                                              0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                                              0xc7, 0x63, 0x4d, 0x81, 0xf4, 0x37, 0x2d, 0xdf,
                                              0x58, 0x1a, 0x0d, 0xb2, 0x48, 0xb0, 0xa7, 0x7a,
                                              0xec, 0xec, 0x19, 0x6a, 0xcc, 0xc5, 0x29, 0x73};
static const uint8_t prime[SEVL_P384_SIZE] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                                              0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                                              0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                                              0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe,
                                              0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00,
                                              0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff};

static bool draw(void *context, uint8_t *bytes, size_t size)
{
    assert_ptr_equal(context, &source);
    assert_int_equal(size, source.draws == 0 ? DRAWN : SEVL_P384_SIZE);
    assert_in_range(source.draws, 0, DRAWS);
    memcpy(bytes, source.draws == 0 ? source.all : source.d[source.draws - 1], size);
    if (source.spoils_pdh)
        pdh.verdict = SEVL_MISMATCH;
    return ++source.draws != source.failing_draw;
}

static const struct sevl_random random = {draw, &source};

/* A source that works, and a PDH that was verified. */
static int expect(const struct known_session *known)
{
    pdh = (struct sevl_sev_key){.verdict = SEVL_MATCH, .kind = SEVL_SEV_PDH};
    memcpy(pdh.key, known->pdh, sizeof pdh.key);
    memset(&source, 0, sizeof source);
    memcpy(source.all, known->random, sizeof source.all);
    comparisons = wrong_comparison = left_out = 0;
    fail_crypto_call(0);
    return 0;
}

static int expect_first(void **state)
{
    (void)state;
    return expect(&known_sessions[0]);
}

static enum sevl_result make(uint32_t policy)
{
    memset(&session, 0xee, sizeof session);
    memset(&memory, 0xee, sizeof memory);
    source.draws = computations = 0;
    enum sevl_result result = sevl_sev_session_make(&session, &pdh, policy, &random, &memory);
    assert_true(is_zero(&memory, sizeof memory));
    return result;
}

static void assert_none_made(enum sevl_result expected)
{
    assert_int_equal(make(5), expected);
    assert_true(is_zero(&session, sizeof session));
}

static void assert_made(const struct known_session *known)
{
    uint8_t godh[SEVL_SEV_CERTIFICATE_SIZE + 1];
    memset(godh, 0xee, sizeof godh);
    assert_int_equal(make(known->policy), SEVL_OK);
    assert_memory_equal(session.tek, source.all + SEVL_P384_SIZE, SEVL_TEK_SIZE);
    assert_memory_equal(session.tik, source.all + SEVL_P384_SIZE + SEVL_TEK_SIZE, SEVL_TIK_SIZE);
    assert_memory_equal(session.blob, known->blob, sizeof session.blob);
    sevl_sev_godh_write(session.godh, godh);
    assert_memory_equal(godh, known->godh, SEVL_SEV_CERTIFICATE_SIZE);
    assert_int_equal(godh[SEVL_SEV_CERTIFICATE_SIZE], 0xee);
}

static void sessions_are_those_of_another_owner(void **state)
{
    (void)state;
    for (size_t s = 0; s < sizeof known_sessions / sizeof *known_sessions; s++) {
        expect(&known_sessions[s]);
        assert_made(&known_sessions[s]);
        assert_int_equal(source.draws, 1);
    }
}

/* crate sev 9cf2adb, src/session: its tests' values, for a Z and keys of zeros. */
static void zeros_give_published_keys(void **state)
{
    (void)state;
    static const uint8_t zeros[16] = {0};
    static const uint8_t master[] = {0xab, 0x4d, 0x26, 0x9f, 0xcc, 0x62, 0xbe, 0xdb,
                                     0x45, 0x11, 0xd5, 0x6c, 0x38, 0x6c, 0xe7, 0x06};
    static const uint8_t kek[] = {0xb6, 0xab, 0xfb, 0xfb, 0x75, 0xea, 0x1e, 0xa7,
                                  0x4e, 0xd8, 0x75, 0x0b, 0x8a, 0xfd, 0xb9, 0x73};
    static const uint8_t wrapped[] = {0x21, 0x37, 0xbc, 0x7f, 0x9b, 0xb8, 0xbd, 0x7c,
                                      0x3e, 0x55, 0xa5, 0x76, 0xa1, 0x5d, 0x34, 0x54,
                                      0xb3, 0x85, 0x6b, 0x8b, 0xa2, 0x7a, 0xfa, 0xdf,
                                      0x46, 0xdc, 0xfe, 0xe9, 0xf0, 0x2c, 0x02, 0xc4};
    const struct sevl_kdf_purpose for_master = {"sev-master-secret", 18, zeros, sizeof zeros};
    const struct sevl_kdf_purpose for_kek = {"sev-kek", 8, NULL, 0};
    uint8_t derived[2][SEVL_SHA256_SIZE];
    uint8_t data[32] = {0};
    assert_int_equal(sevl_kdf(zeros, sizeof zeros, &for_master, derived[0]), SEVL_OK);
    assert_memory_equal(derived[0], master, sizeof master);
    assert_int_equal(sevl_kdf(derived[0], SEVL_KDF_SIZE, &for_kek, derived[1]), SEVL_OK);
    assert_memory_equal(derived[1], kek, sizeof kek);
    assert_int_equal(sevl_aes128_ctr(derived[1], zeros, data, sizeof data), SEVL_OK);
    assert_memory_equal(data, wrapped, sizeof wrapped);
}

/* `at` is where the least significant byte of a number of 48 bytes is. */
static void turn(uint8_t *to, const uint8_t *at)
{
    for (size_t i = 0; i < SEVL_P384_SIZE; i++)
        to[i] = at[SEVL_P384_SIZE - 1 - i];
}

static void read_published(const char *path)
{
    uint8_t certificate[SEVL_SEV_CERTIFICATE_SIZE];
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fread(certificate, 1, sizeof certificate, file), sizeof certificate);
    (void)fclose(file);
    turn(pdh.key, certificate + 20);
    turn(pdh.key + SEVL_P384_SIZE, certificate + 92);
}

static void hash(const void *data, size_t size, uint8_t sha256[SEVL_SHA256_SIZE])
{
    struct sevl_sha256 stream;
    assert_int_equal(sevl_sha256_init(&stream), SEVL_OK);
    assert_int_equal(sevl_sha256_update(&stream, data, size), SEVL_OK);
    assert_int_equal(sevl_sha256_finish(&stream, sha256), SEVL_OK);
}

/* The first bytes of a text's SHA-256. */
static void fill_from_text(uint8_t to[BLOCK], const char *text, char number)
{
    char numbered[8] = {0};
    uint8_t sha256[SEVL_SHA256_SIZE];
    size_t length = strlen(text);
    memcpy(numbered, text, length);
    numbered[length] = number;
    hash(numbered, length + 1, sha256);
    memcpy(to, sha256, BLOCK);
}

static void make_published(const char *path, char number, uint32_t policy)
{
    struct sevl_session_random *drawn = (void *)source.all;
    read_published(path);
    fill_from_text(drawn->tek, "tek", number);
    fill_from_text(drawn->tik, "tik", number);
    fill_from_text(drawn->nonce, "nonce", number);
    assert_int_equal(make(policy), SEVL_OK);
}

static void assert_hashes(const uint8_t *blob, const uint8_t *godh)
{
    uint8_t certificate[SEVL_SEV_CERTIFICATE_SIZE];
    uint8_t sha256[SEVL_SHA256_SIZE];
    hash(session.blob, sizeof session.blob, sha256);
    assert_memory_equal(sha256, blob, sizeof sha256);
    sevl_sev_godh_write(session.godh, certificate);
    hash(certificate, sizeof certificate, sha256);
    assert_memory_equal(sha256, godh, sizeof sha256);
}

static void rome_and_naples_get_known_sessions(void **state)
{
    (void)state;
    static const char text[] = "sevlaunch godh test 1";
    static const uint8_t blobs[2][SEVL_SHA256_SIZE] = {
        {0xc7, 0xe2, 0x47, 0x2d, 0xb5, 0xf2, 0x10, 0x6a, 0x64, 0xca, 0x04,
         0x93, 0x93, 0xb4, 0x90, 0x80, 0xae, 0xe5, 0x51, 0x21, 0x22, 0x8f,
         0x45, 0x00, 0x03, 0x96, 0xec, 0xfb, 0xc1, 0xc0, 0xed, 0x03},
        {0xca, 0xf8, 0xe0, 0x21, 0xd2, 0xbc, 0xeb, 0x24, 0x90, 0x9a, 0x6d,
         0x5c, 0xb3, 0x1c, 0xf1, 0xff, 0x08, 0x7f, 0xd1, 0x93, 0x01, 0xfc,
         0x3a, 0x9c, 0x84, 0x58, 0xe2, 0xe8, 0x6b, 0xa0, 0x38, 0x71}};
    static const uint8_t godhs[2][SEVL_SHA256_SIZE] = {
        {0xdf, 0xe4, 0x76, 0xcc, 0x9b, 0x25, 0x5f, 0xcb, 0x64, 0x16, 0x7e,
         0x03, 0x3c, 0xbd, 0xef, 0x94, 0x1a, 0xa8, 0xd2, 0xa6, 0xa7, 0xed,
         0x5b, 0x75, 0xe5, 0x3b, 0x97, 0x90, 0xa5, 0x5f, 0x78, 0xc4},
        {0x01, 0x87, 0x27, 0x27, 0xcc, 0xba, 0x00, 0x67, 0xf1, 0x11, 0xe4,
         0xf1, 0xcf, 0x39, 0x60, 0x28, 0x23, 0xff, 0x8c, 0xd7, 0x66, 0xbb,
         0x93, 0xc6, 0x4d, 0x46, 0x92, 0x20, 0xd1, 0x7a, 0x1d, 0x67}};
    struct sevl_session_random *drawn = (void *)source.all;
    struct sevl_sha384 stream;
    if (published[0] == NULL)
        skip();
    assert_int_equal(sevl_sha384_init(&stream), SEVL_OK);
    assert_int_equal(sevl_sha384_update(&stream, text, sizeof text - 1), SEVL_OK);
    assert_int_equal(sevl_sha384_finish(&stream, drawn->d), SEVL_OK);
    fill_from_text(drawn->iv, "iv", '1');
    make_published(published[0], '1', 5);
    assert_hashes(blobs[0], godhs[0]);

    memset(drawn->d, 0, sizeof drawn->d);
    drawn->d[SEVL_P384_SIZE - 2] = 0x02;
    drawn->d[SEVL_P384_SIZE - 1] = 0x95;
    memset(drawn->iv, 0xff, sizeof drawn->iv);
    make_published(published[1], '2', 0x16000003);
    assert_hashes(blobs[1], godhs[1]);
}

static void a_key_needs_to_be_a_verified_pdh(void **state)
{
    (void)state;
    static const uint32_t verdicts[] = {
        SEVL_OK, SEVL_MISMATCH, SEVL_UNTRUSTED, SEVL_ERROR_CRYPTO, (uint32_t)~SEVL_MATCH, 0,
        1,       UINT32_MAX};
    for (size_t v = 0; v < sizeof verdicts / sizeof *verdicts; v++) {
        pdh.verdict = (enum sevl_result)verdicts[v];
        assert_none_made(SEVL_ERROR_STATE);
    }
    for (size_t bit = 0; bit < 32; bit++) {
        pdh.verdict = (enum sevl_result)(SEVL_MATCH ^ UINT32_C(1) << bit);
        assert_none_made(SEVL_ERROR_STATE);
    }
    pdh.verdict = SEVL_MATCH;
    for (int kind = 0; kind <= SEVL_SEV_PDH + 1; kind++) {
        pdh.kind = (enum sevl_sev_certificate_kind)kind;
        if (kind != SEVL_SEV_PDH)
            assert_none_made(SEVL_ERROR_STATE);
    }
    assert_int_equal(source.draws, 0);
    assert_int_equal(crypto_calls(), 0);
}

/* As where a fault of the CPU left out the first look at it. */
static void a_verdict_is_looked_at_again_in_the_end(void **state)
{
    (void)state;
    source.spoils_pdh = true;
    assert_none_made(SEVL_ERROR_STATE);
    assert_int_equal(source.draws, 1);
}

static void a_key_needs_to_be_on_the_curve(void **state)
{
    (void)state;
    pdh.key[SEVL_P384_KEY_SIZE - 1] ^= 1;
    assert_none_made(SEVL_ERROR_STATE);
    memset(pdh.key, 0, sizeof pdh.key);
    assert_none_made(SEVL_ERROR_STATE);
}

static void a_failing_source_makes_no_session(void **state)
{
    (void)state;
    source.failing_draw = 1;
    assert_none_made(SEVL_ERROR_RANDOM);
    memset(source.all, 0, SEVL_P384_SIZE);
    source.d[0][0] = 1;
    source.failing_draw = 2;
    assert_none_made(SEVL_ERROR_RANDOM);
    assert_int_equal(source.draws, 2);
    assert_int_equal(crypto_calls(), 0);
}

/* 0, and n; but not 1, and n - 1. */
static void d_is_drawn_until_it_is_in_its_range(void **state)
{
    (void)state;
    memcpy(source.d[1], source.all, SEVL_P384_SIZE);
    memset(source.all, 0, SEVL_P384_SIZE);
    memcpy(source.d[0], order, sizeof order);
    assert_int_equal(make(known_sessions[0].policy), SEVL_OK);
    assert_int_equal(source.draws, 3);
    assert_memory_equal(session.blob, known_sessions[0].blob, sizeof session.blob);

    memset(source.d[0], 0xff, SEVL_P384_SIZE);
    memcpy(source.d[1], order, sizeof order);
    assert_none_made(SEVL_ERROR_RANDOM);
    assert_int_equal(source.draws, 3);

    source.all[SEVL_P384_SIZE - 1] = 1;
    assert_int_equal(make(5), SEVL_OK);
    memcpy(source.all, order, sizeof order);
    source.all[SEVL_P384_SIZE - 1]--;
    assert_int_equal(make(5), SEVL_OK);
    assert_int_equal(source.draws, 1);
}

static void a_d_that_comes_again_makes_no_session(void **state)
{
    (void)state;
    memset(source.all, 0, SEVL_P384_SIZE);
    source.d[1][0] = 1;
    assert_none_made(SEVL_ERROR_RANDOM);
    assert_int_equal(source.draws, 2);
    memcpy(source.d[0], order, sizeof order);
    memcpy(source.d[1], order, sizeof order);
    source.d[2][0] = 1;
    assert_none_made(SEVL_ERROR_RANDOM);
    assert_int_equal(source.draws, 3);
}

/* A difference in any byte is enough. */
static void a_block_that_comes_again_makes_no_session(void **state)
{
    (void)state;
    for (size_t i = 0; i < BLOCKS; i++)
        for (size_t j = 0; j < i; j++) {
            expect_first(NULL);
            memcpy(source.all + BLOCK * i, source.all + BLOCK * j, BLOCK);
            if (i == 1) { /* a small d has these */
                assert_int_equal(make(5), SEVL_OK);
                continue;
            }
            assert_none_made(SEVL_ERROR_RANDOM);
            assert_int_equal(crypto_calls(), 0);
            source.all[BLOCK * i + (i + j) % BLOCK] ^= 0x10;
            assert_int_equal(make(5), SEVL_OK);
        }
}

/* As with a source of any period. */
static void a_last_block_that_stood_before_makes_no_session(void **state)
{
    (void)state;
    for (size_t at = 0; at < DRAWN - BLOCK; at++) {
        expect_first(NULL);
        for (size_t i = 0; i < BLOCK; i++)
            source.all[DRAWN - BLOCK + i] = source.all[at + i];
        assert_none_made(SEVL_ERROR_RANDOM);
    }
}

static void a_source_of_one_byte_makes_no_session(void **state)
{
    (void)state;
    memset(source.all, 0x55, sizeof source.all);
    assert_none_made(SEVL_ERROR_RANDOM);
}

static bool give_nothing(void *context, uint8_t *bytes, size_t size)
{
    (void)context;
    (void)bytes;
    (void)size;
    return true;
}

static void what_was_drawn_before_is_not_taken_again(void **state)
{
    (void)state;
    static const struct sevl_random idle = {give_nothing, NULL};
    struct sevl_session_random drawn;
    uint8_t refused[SEVL_P384_SIZE];
    memcpy(&drawn, known_sessions[0].random, sizeof drawn);
    assert_int_equal(sevl_session_random_draw(&drawn, refused, &idle), SEVL_ERROR_RANDOM);
}

/* No working source gives such bytes: see p384_secret.h. */
static void blinding_by_zero_makes_no_session(void **state)
{
    (void)state;
    const struct sevl_session_random *drawn = (const void *)known_sessions[0].random;
    struct sevl_session_random *given = (void *)source.all;
    memcpy(given->shared_blinding, prime, sizeof prime);
    assert_none_made(SEVL_ERROR_RANDOM);
    memcpy(given->shared_blinding, drawn->shared_blinding, sizeof prime);
    memcpy(given->godh_blinding, prime, sizeof prime);
    assert_none_made(SEVL_ERROR_RANDOM);
}

static void every_failing_call_is_reported_and_all_wiped(void **state)
{
    (void)state;
    assert_int_equal(make(5), SEVL_OK);
    int calls = crypto_calls();
    assert_int_equal(calls, 5 * 8 + 2);
    for (int n = 1; n <= calls; n++) {
        fail_crypto_call(n);
        assert_none_made(SEVL_ERROR_CRYPTO);
        assert_int_equal(crypto_calls(), n);
    }
}

static void a_failing_derivation_leaves_no_key(void **state)
{
    (void)state;
    static const struct sevl_kdf_purpose purpose = {"sev-kek", 8, NULL, 0};
    uint8_t derived[SEVL_SHA256_SIZE];
    for (int n = 1; n <= 8; n++) {
        memset(derived, 0xee, sizeof derived);
        fail_crypto_call(n);
        assert_int_equal(sevl_kdf(source.all, SEVL_P384_SIZE, &purpose, derived),
                         SEVL_ERROR_CRYPTO);
        assert_true(is_zero(derived, sizeof derived));
    }
}

/* As where a fault made a block repeat, or left out the copy of a key, or what it is under. */
static void every_comparison_counts(void **state)
{
    (void)state;
    const int blocks = DRAWN - BLOCK + (BLOCKS - 1) * (BLOCKS - 2) / 2 - 1;
    assert_int_equal(make(5), SEVL_OK);
    assert_int_equal(comparisons, blocks + 7);
    for (int n = 1; n <= blocks + 7; n++) {
        comparisons = 0;
        wrong_comparison = n;
        assert_none_made(n <= blocks ? SEVL_ERROR_RANDOM : SEVL_ERROR_STATE);
    }
}

/* Z, master or KEK, which a host could compute then; a wrong GODH or KIK is of no use to it. */
static void a_secret_that_was_not_computed_makes_no_session(void **state)
{
    static const int secrets[] = {1, 3, 4};
    (void)state;
    assert_int_equal(make(5), SEVL_OK);
    assert_int_equal(computations, 5);
    for (size_t i = 0; i < 3; i++) {
        left_out = secrets[i];
        assert_none_made(SEVL_ERROR_STATE);
        assert_int_equal(computations, 5);
    }
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sessions_are_those_of_another_owner),
        cmocka_unit_test_setup(zeros_give_published_keys, expect_first),
        cmocka_unit_test_setup(rome_and_naples_get_known_sessions, expect_first),
        cmocka_unit_test_setup(a_key_needs_to_be_a_verified_pdh, expect_first),
        cmocka_unit_test_setup(a_verdict_is_looked_at_again_in_the_end, expect_first),
        cmocka_unit_test_setup(a_key_needs_to_be_on_the_curve, expect_first),
        cmocka_unit_test_setup(a_failing_source_makes_no_session, expect_first),
        cmocka_unit_test_setup(d_is_drawn_until_it_is_in_its_range, expect_first),
        cmocka_unit_test_setup(a_d_that_comes_again_makes_no_session, expect_first),
        cmocka_unit_test(a_block_that_comes_again_makes_no_session),
        cmocka_unit_test(a_last_block_that_stood_before_makes_no_session),
        cmocka_unit_test_setup(a_source_of_one_byte_makes_no_session, expect_first),
        cmocka_unit_test_setup(what_was_drawn_before_is_not_taken_again, expect_first),
        cmocka_unit_test_setup(blinding_by_zero_makes_no_session, expect_first),
        cmocka_unit_test_setup(every_failing_call_is_reported_and_all_wiped, expect_first),
        cmocka_unit_test_setup(a_failing_derivation_leaves_no_key, expect_first),
        cmocka_unit_test_setup(every_comparison_counts, expect_first),
        cmocka_unit_test_setup(a_secret_that_was_not_computed_makes_no_session, expect_first),
    };
    if (argc == 3)
        memcpy(published, argv + 1, sizeof published);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
