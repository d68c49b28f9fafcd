/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include <sevlaunch/sev/platform_report.h>
#include <string.h>

#define PLATFORM_CASES
#include "known_platform.h"
#include "support.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static struct sevl_sev_chain_memory memory;

/* What the library says of any authority's fingerprint, in place of its own pins. */
static enum sevl_sev_product pinned_for;
static enum sevl_sev_certificate_kind pinned_kind;

enum sevl_sev_product __real_sevl_sev_pinned_product(const struct sevl_sev_fingerprint *fingerprint,
                                                     enum sevl_sev_certificate_kind kind);
enum sevl_sev_product __wrap_sevl_sev_pinned_product(const struct sevl_sev_fingerprint *fingerprint,
                                                     enum sevl_sev_certificate_kind kind);
enum sevl_sev_product __wrap_sevl_sev_pinned_product(const struct sevl_sev_fingerprint *fingerprint,
                                                     enum sevl_sev_certificate_kind kind)
{
    return kind == pinned_kind ? pinned_for : __real_sevl_sev_pinned_product(fingerprint, kind);
}

static void pin_all(enum sevl_sev_certificate_kind kind, enum sevl_sev_product product)
{
    pinned_kind = kind;
    pinned_for = product;
}

static int pin_none(void **state)
{
    pin_all((enum sevl_sev_certificate_kind)0, SEVL_SEV_PRODUCT_OWN);
    return no_faults(state);
}

/* What is in the memory before makes no difference. */
static struct sevl_sev_chain_memory *any_memory(void)
{
    memset(&memory, 0x5a, sizeof memory);
    return &memory;
}

/* All that was verified of a platform. */
struct verified {
    struct sevl_sev_authority ark, ask;
    struct sevl_sev_key cek, oca, pek, pdh;
};

static struct sevl_sev_ca_certificate read_ca(const uint8_t *bytes, size_t size)
{
    struct sevl_sev_ca_certificate certificate;
    assert_int_equal(sevl_sev_ca_certificate_read(&certificate, bytes, size), SEVL_OK);
    return certificate;
}

static struct sevl_sev_certificate read_key(const uint8_t *bytes, size_t size)
{
    struct sevl_sev_certificate certificate;
    assert_int_equal(sevl_sev_certificate_read(&certificate, bytes, size), SEVL_OK);
    return certificate;
}

/* What a caller pins: nothing that exists, then a root. */
static struct sevl_sev_fingerprint own_pins[2];

static void pin_root(const uint8_t *bytes, size_t size)
{
    const struct sevl_sev_ca_certificate certificate = read_ca(bytes, size);
    assert_int_equal(sevl_sev_ca_fingerprint(&own_pins[1], &certificate), SEVL_OK);
}

static enum sevl_result verify_ark(struct verified *v, const uint8_t *bytes, size_t size)
{
    const struct sevl_sev_ca_certificate certificate = read_ca(bytes, size);
    const struct sevl_sev_pins pins = {own_pins, 2};
    memset(&v->ark, 0xff, sizeof v->ark);
    return sevl_sev_ark_verify(&v->ark, &certificate, &pins, any_memory());
}

static enum sevl_result verify_ask(struct verified *v, const uint8_t *bytes, size_t size)
{
    const struct sevl_sev_ca_certificate certificate = read_ca(bytes, size);
    memset(&v->ask, 0xff, sizeof v->ask);
    return sevl_sev_ask_verify(&v->ask, &v->ark, &certificate, any_memory());
}

static enum sevl_result verify_cek(struct verified *v, const uint8_t *bytes, size_t size)
{
    const struct sevl_sev_certificate certificate = read_key(bytes, size);
    memset(&v->cek, 0xff, sizeof v->cek);
    return sevl_sev_cek_verify(&v->cek, &v->ask, &certificate, any_memory());
}

static enum sevl_result verify_oca(struct verified *v, const uint8_t *bytes, size_t size)
{
    const struct sevl_sev_certificate certificate = read_key(bytes, size);
    memset(&v->oca, 0xff, sizeof v->oca);
    return sevl_sev_oca_verify(&v->oca, &certificate, NULL, any_memory());
}

static enum sevl_result verify_pek(struct verified *v, const uint8_t *bytes, size_t size)
{
    const struct sevl_sev_certificate certificate = read_key(bytes, size);
    memset(&v->pek, 0xff, sizeof v->pek);
    return sevl_sev_pek_verify(&v->pek, &v->cek, &v->oca, &certificate, any_memory());
}

static enum sevl_result verify_pdh(struct verified *v, const uint8_t *bytes, size_t size)
{
    const struct sevl_sev_certificate certificate = read_key(bytes, size);
    memset(&v->pdh, 0xff, sizeof v->pdh);
    return sevl_sev_pdh_verify(&v->pdh, &v->pek, &certificate, any_memory());
}

/* By kind, less 1. */
static const struct link {
    enum sevl_result (*verify)(struct verified *v, const uint8_t *bytes, size_t size);
    size_t of_platform;
    size_t of_verified;
    size_t size;
} links[] = {
#define LINK(name)                                                                             \
    {                                                                                          \
        verify_##name, offsetof(struct known_platform, name), offsetof(struct verified, name), \
            sizeof(((struct verified *)0)->name)                                               \
    }
    LINK(ark), LINK(ask), LINK(cek), LINK(oca), LINK(pek), LINK(pdh)};

static const struct piece *piece_of(const struct known_platform *platform, size_t link)
{
    const void *const part = (const char *)platform + links[link].of_platform;
    return part;
}

static const void *verified_by(const struct verified *v, size_t link)
{
    return (const char *)v + links[link].of_verified;
}

static struct verified verify_whole(const struct known_platform *platform)
{
    struct verified v;
    pin_root(platform->ark.bytes, platform->ark.size);
    for (size_t i = 0; i < COUNT(links); i++) {
        const struct piece *piece = piece_of(platform, i);
        assert_int_equal(links[i].verify(&v, piece->bytes, piece->size), SEVL_MATCH);
    }
    return v;
}

static void assert_key(const struct sevl_sev_key *key, enum sevl_sev_certificate_kind kind,
                       const struct known_platform *platform)
{
    assert_int_equal(key->verdict, SEVL_MATCH);
    assert_int_equal(key->kind, kind);
    assert_memory_equal(key->key, platform->keys[kind - SEVL_SEV_CEK], sizeof key->key);
}

static void assert_authority(const struct sevl_sev_authority *authority,
                             enum sevl_sev_certificate_kind kind, const struct piece *piece,
                             size_t key_size)
{
    const struct sevl_sev_ca_certificate certificate = read_ca(piece->bytes, piece->size);
    assert_int_equal(authority->verdict, SEVL_MATCH);
    assert_int_equal(authority->kind, kind);
    assert_int_equal(authority->product, SEVL_SEV_PRODUCT_OWN);
    assert_int_equal(authority->key_size, key_size);
    assert_memory_equal(authority->id, certificate.id, SEVL_SEV_CA_ID_SIZE);
    assert_memory_equal(authority->key, certificate.modulus, key_size);
    if (key_size < sizeof authority->key)
        assert_true(is_zero(authority->key + key_size, sizeof authority->key - key_size));
}

static void a_chain_gives_the_keys_of_a_platform(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(platforms); i++) {
        const struct known_platform *platform = &platforms[i];
        const struct verified v = verify_whole(platform);
        assert_authority(&v.ark, SEVL_SEV_ARK, &platform->ark, platform->key_size);
        assert_authority(&v.ask, SEVL_SEV_ASK, &platform->ask, platform->key_size);
        assert_memory_equal(v.ask.id, platform->ask_id, sizeof v.ask.id);
        assert_key(&v.cek, SEVL_SEV_CEK, platform);
        assert_key(&v.oca, SEVL_SEV_OCA, platform);
        assert_key(&v.pek, SEVL_SEV_PEK, platform);
        assert_key(&v.pdh, SEVL_SEV_PDH, platform);
    }
}

static void each_rule_holds(void **state)
{
    (void)state;
    struct verified right[COUNT(platforms)];
    for (size_t i = 0; i < COUNT(platforms); i++)
        right[i] = verify_whole(&platforms[i]);
    for (size_t i = 0; i < COUNT(platform_cases); i++) {
        const struct platform_case *one = &platform_cases[i];
        const size_t link = (size_t)one->kind - SEVL_SEV_ARK;
        struct verified v = right[one->platform];
        if (one->kind == SEVL_SEV_ARK)
            pin_root(one->bytes, one->size);
        enum sevl_result result = links[link].verify(&v, one->bytes, one->size);
        if (result != one->result)
            fail_msg("%zu, kind %d, %s: %x", one->platform, (int)one->kind, one->what, result);
        if (result != SEVL_MATCH)
            assert_true(is_zero(verified_by(&v, link), links[link].size));
    }
}

static void a_root_of_naples_may_have_no_signature(void **state)
{
    (void)state;
    const struct known_platform *naples = &platforms[1];
    const struct sevl_sev_ca_certificate ark =
        read_ca(naples->ark.bytes, SEVL_SEV_CA_SIZE_UNSIGNED);
    const struct sevl_sev_pins pins = {&naples->ark_pin, 1};
    struct verified v;
    own_pins[1] = naples->ark_pin;
    assert_int_equal(verify_ark(&v, naples->ark.bytes, SEVL_SEV_CA_SIZE_UNSIGNED), SEVL_MATCH);
    assert_authority(&v.ark, SEVL_SEV_ARK, &naples->ark, 256);
    assert_int_equal(sevl_sev_ark_verify(&v.ark, &ark, &pins, any_memory()), SEVL_MATCH);
    assert_int_equal(sevl_sev_ark_verify(&v.ark, &ark, NULL, any_memory()), SEVL_UNTRUSTED);
    pin_all(SEVL_SEV_ARK, SEVL_SEV_NAPLES);
    assert_int_equal(sevl_sev_ark_verify(&v.ark, &ark, NULL, any_memory()), SEVL_MATCH);
    assert_int_equal(v.ark.product, SEVL_SEV_NAPLES);
}

static void a_root_is_pinned(void **state)
{
    (void)state;
    const struct known_platform *platform = &platforms[0];
    const struct sevl_sev_ca_certificate ark = read_ca(platform->ark.bytes, platform->ark.size);
    struct sevl_sev_fingerprint pin = platform->ark_pin;
    const struct sevl_sev_pins pins = {&pin, 1}, none = {&pin, 0};
    struct verified v;
    assert_int_equal(sevl_sev_ark_verify(&v.ark, &ark, &pins, any_memory()), SEVL_MATCH);
    assert_int_equal(sevl_sev_ark_verify(&v.ark, &ark, NULL, any_memory()), SEVL_UNTRUSTED);
    assert_true(is_zero(&v.ark, sizeof v.ark));
    assert_int_equal(sevl_sev_ark_verify(&v.ark, &ark, &none, any_memory()), SEVL_UNTRUSTED);
    for (size_t i = 0; i < sizeof pin.sha384; i++) {
        pin.sha384[i] ^= 1;
        assert_int_equal(sevl_sev_ark_verify(&v.ark, &ark, &pins, any_memory()), SEVL_UNTRUSTED);
        pin.sha384[i] ^= 1;
    }
}

static void an_ask_of_amd_is_pinned_for_the_product_of_its_root(void **state)
{
    (void)state;
    const struct known_platform *platform = &platforms[0];
    struct verified v;
    pin_all(SEVL_SEV_ARK, SEVL_SEV_ROME);
    assert_int_equal(verify_ark(&v, platform->ark.bytes, platform->ark.size), SEVL_MATCH);
    assert_int_equal(v.ark.product, SEVL_SEV_ROME);
    assert_int_equal(verify_ask(&v, platform->ask.bytes, platform->ask.size), SEVL_UNTRUSTED);
    assert_true(is_zero(&v.ask, sizeof v.ask));
    pin_all(SEVL_SEV_ASK, SEVL_SEV_MILAN);
    assert_int_equal(verify_ask(&v, platform->ask.bytes, platform->ask.size), SEVL_UNTRUSTED);
    pin_all(SEVL_SEV_ASK, SEVL_SEV_ROME);
    assert_int_equal(verify_ask(&v, platform->ask.bytes, platform->ask.size), SEVL_MATCH);
    assert_int_equal(v.ask.product, SEVL_SEV_ROME);
}

static void authorities_are_pinned_for_what_they_are(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(pinned_authorities); i++) {
        const struct pinned_authority *pinned = &pinned_authorities[i];
        struct sevl_sev_fingerprint fingerprint = pinned->fingerprint;
        for (int kind = SEVL_SEV_ARK; kind <= SEVL_SEV_PDH; kind++)
            assert_int_equal(__real_sevl_sev_pinned_product(&fingerprint,
                                                            (enum sevl_sev_certificate_kind)kind),
                             kind == (int)pinned->kind ? pinned->product : SEVL_SEV_PRODUCT_OWN);
        for (size_t bit = 0; bit < 384; bit++) {
            fingerprint.sha384[bit / 8] ^= (uint8_t)(1 << bit % 8);
            assert_int_equal(__real_sevl_sev_pinned_product(&fingerprint, pinned->kind),
                             SEVL_SEV_PRODUCT_OWN);
            fingerprint.sha384[bit / 8] ^= (uint8_t)(1 << bit % 8);
        }
    }
}

static void an_owner_can_be_pinned(void **state)
{
    (void)state;
    const struct known_platform *platform = &platforms[0];
    const struct sevl_sev_certificate oca = read_key(platform->oca.bytes, platform->oca.size);
    struct sevl_sev_fingerprint pin = platform->oca_pin;
    struct sevl_sev_key key;
    assert_int_equal(sevl_sev_oca_verify(&key, &oca, &pin, any_memory()), SEVL_MATCH);
    assert_key(&key, SEVL_SEV_OCA, platform);
    for (size_t i = 0; i < sizeof pin.sha384; i++) {
        pin.sha384[i] ^= 0x80;
        assert_int_equal(sevl_sev_oca_verify(&key, &oca, &pin, any_memory()), SEVL_UNTRUSTED);
        assert_true(is_zero(&key, sizeof key));
        pin.sha384[i] ^= 0x80;
    }
}

/* Any certificate but the right one, in the place of each. */
static void each_link_takes_one_kind(void **state)
{
    (void)state;
    const struct known_platform *platform = &platforms[0];
    const struct verified right = verify_whole(platform);
    for (size_t link = 0; link < COUNT(links); link++) {
        size_t first = link < 2 ? 0 : 2, end = link < 2 ? 2 : COUNT(links);
        for (size_t other = first; other < end; other++) {
            const struct piece *piece = piece_of(platform, other);
            struct verified v = right;
            enum sevl_result result = links[link].verify(&v, piece->bytes, piece->size);
            assert_int_equal(result, link == other ? SEVL_MATCH : SEVL_ERROR_STATE);
            if (link != other)
                assert_true(is_zero(verified_by(&v, link), links[link].size));
        }
    }
}

static void assert_refused(size_t link, struct verified *v, const char *what)
{
    const struct piece *piece = piece_of(&platforms[0], link);
    if (links[link].verify(v, piece->bytes, piece->size) != SEVL_ERROR_STATE)
        fail_msg("%s of link %zu", what, link);
    assert_true(is_zero(verified_by(v, link), links[link].size));
}

/* The issuer of each link below the root; a PEK has two. */
static const struct issued {
    size_t link;
    size_t verdict, kind;
} issued[] = {
#define ISSUED(link, issuer)                                                                    \
    {                                                                                           \
        link, offsetof(struct verified, issuer.verdict), offsetof(struct verified, issuer.kind) \
    }
    ISSUED(1, ark), ISSUED(2, ask), ISSUED(4, cek), ISSUED(4, oca), ISSUED(5, pek)};

static void an_issuer_was_verified_and_is_of_one_kind(void **state)
{
    (void)state;
    static const enum sevl_result verdicts[] = {(enum sevl_result)0, SEVL_OK, SEVL_MISMATCH,
                                                SEVL_UNTRUSTED};
    const struct verified right = verify_whole(&platforms[0]);
    for (size_t i = 0; i < COUNT(issued); i++) {
        for (size_t k = 0; k < COUNT(verdicts); k++) {
            struct verified v = right;
            memcpy((char *)&v + issued[i].verdict, &verdicts[k], sizeof *verdicts);
            assert_refused(issued[i].link, &v, "verdict");
        }
        for (int kind = SEVL_SEV_ARK; kind <= SEVL_SEV_PDH; kind++) {
            struct verified v = right;
            if (memcmp((char *)&v + issued[i].kind, &kind, sizeof kind) == 0)
                continue;
            memcpy((char *)&v + issued[i].kind, &kind, sizeof kind);
            assert_refused(issued[i].link, &v, "kind");
        }
    }
}

static void fail_each_hash(size_t link, const struct piece *piece, const struct verified *right)
{
    struct verified v = *right;
    fail_crypto_call(0);
    assert_int_equal(links[link].verify(&v, piece->bytes, piece->size), SEVL_MATCH);
    int calls = crypto_calls();
    assert_true(calls > 0);
    for (int n = 1; n <= calls; n++) {
        v = *right;
        fail_crypto_call(n);
        assert_int_equal(links[link].verify(&v, piece->bytes, piece->size), SEVL_ERROR_CRYPTO);
        assert_true(is_zero(verified_by(&v, link), links[link].size));
    }
    fail_crypto_call(0);
}

static void hashes_that_fail_are_no_verdict(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(platforms); i++) {
        const struct verified right = verify_whole(&platforms[i]);
        for (size_t link = 0; link < COUNT(links); link++)
            fail_each_hash(link, piece_of(&platforms[i], link), &right);
    }
}

static void a_pinned_owner_is_no_verdict_without_a_hash(void **state)
{
    (void)state;
    const struct known_platform *platform = &platforms[0];
    const struct sevl_sev_certificate oca = read_key(platform->oca.bytes, platform->oca.size);
    struct sevl_sev_key key;
    fail_crypto_call(0);
    assert_int_equal(sevl_sev_oca_verify(&key, &oca, &platform->oca_pin, any_memory()), SEVL_MATCH);
    int calls = crypto_calls();
    for (int n = 1; n <= calls; n++) {
        fail_crypto_call(n);
        assert_int_equal(sevl_sev_oca_verify(&key, &oca, &platform->oca_pin, any_memory()),
                         SEVL_ERROR_CRYPTO);
        assert_true(is_zero(&key, sizeof key));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_chain_gives_the_keys_of_a_platform, pin_none),
        cmocka_unit_test_setup(each_rule_holds, pin_none),
        cmocka_unit_test_setup(a_root_of_naples_may_have_no_signature, pin_none),
        cmocka_unit_test_setup(a_root_is_pinned, pin_none),
        cmocka_unit_test_setup(an_ask_of_amd_is_pinned_for_the_product_of_its_root, pin_none),
        cmocka_unit_test_setup(authorities_are_pinned_for_what_they_are, pin_none),
        cmocka_unit_test_setup(an_owner_can_be_pinned, pin_none),
        cmocka_unit_test_setup(each_link_takes_one_kind, pin_none),
        cmocka_unit_test_setup(an_issuer_was_verified_and_is_of_one_kind, pin_none),
        cmocka_unit_test_setup(hashes_that_fail_are_no_verdict, pin_none),
        cmocka_unit_test_setup(a_pinned_owner_is_no_verdict_without_a_hash, pin_none),
    };
    return cmocka_run_group_tests(tests, no_faults, NULL);
}
