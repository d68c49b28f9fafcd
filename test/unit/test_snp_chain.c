/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include <sevlaunch/snp/chain.h>
#include <string.h>

#include "amd_pins.h"
#include "amd_whole.h"
#include "support.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static struct sevl_snp_chain_memory memory;

/* What the library says of any key, in place of its own pins, which are none of the tests'. */
static bool pins_all;
static bool revokes_all;

bool __real_sevl_snp_is_pinned(const struct sevl_snp_fingerprint *fingerprint,
                               enum sevl_snp_certificate_kind kind, enum sevl_snp_product product);
bool __wrap_sevl_snp_is_pinned(const struct sevl_snp_fingerprint *fingerprint,
                               enum sevl_snp_certificate_kind kind, enum sevl_snp_product product);
bool __wrap_sevl_snp_is_pinned(const struct sevl_snp_fingerprint *fingerprint,
                               enum sevl_snp_certificate_kind kind, enum sevl_snp_product product)
{
    return pins_all || __real_sevl_snp_is_pinned(fingerprint, kind, product);
}

bool __real_sevl_snp_is_revoked(const struct sevl_snp_fingerprint *fingerprint);
bool __wrap_sevl_snp_is_revoked(const struct sevl_snp_fingerprint *fingerprint);
bool __wrap_sevl_snp_is_revoked(const struct sevl_snp_fingerprint *fingerprint)
{
    return revokes_all || __real_sevl_snp_is_revoked(fingerprint);
}

/* What is in the memory before makes no difference. */
static struct sevl_snp_chain_memory *any_memory(void)
{
    memset(&memory, 0x5a, sizeof memory);
    return &memory;
}

static struct sevl_snp_certificate read_der(const struct sevl_bytes *der)
{
    struct sevl_snp_certificate certificate;
    assert_int_equal(sevl_snp_certificate_read(&certificate, der->bytes, der->size), SEVL_OK);
    return certificate;
}

static struct sevl_snp_crl read_list(const struct sevl_bytes *der)
{
    struct sevl_snp_crl crl;
    assert_int_equal(sevl_snp_crl_read(&crl, der->bytes, der->size), SEVL_OK);
    return crl;
}

static enum sevl_result verify_root(const struct known_amd *amd, struct sevl_snp_authority *root)
{
    const struct sevl_snp_certificate certificate = read_der(&amd->ark);
    struct sevl_snp_fingerprint pin[2] = {{{0}}};
    const struct sevl_snp_pins pins = {pin, 2};
    memcpy(pin[1].sha384, amd->fingerprint, sizeof pin[1].sha384);
    return sevl_snp_root_verify(root, &certificate, &pins, any_memory());
}

static struct sevl_snp_authority right_root(const struct known_amd *amd)
{
    struct sevl_snp_authority root;
    assert_int_equal(verify_root(amd, &root), SEVL_MATCH);
    return root;
}

static const struct sevl_snp_revocation allowing = {.allows_unpinned = true};

static enum sevl_result verify_intermediate(const struct known_amd *amd,
                                            const struct sevl_bytes *der,
                                            const struct sevl_snp_revocation *revocation,
                                            struct sevl_snp_authority *intermediate)
{
    const struct sevl_snp_authority root = right_root(amd);
    const struct sevl_snp_certificate certificate = read_der(der);
    return sevl_snp_intermediate_verify(intermediate, &root, &certificate, revocation,
                                        any_memory());
}

static enum sevl_result verify_leaf(const struct known_amd *amd, const struct sevl_bytes *issuer,
                                    const struct sevl_bytes *der, struct sevl_snp_key *key)
{
    struct sevl_snp_authority intermediate;
    const struct sevl_snp_certificate certificate = read_der(der);
    assert_int_equal(verify_intermediate(amd, issuer, &allowing, &intermediate), SEVL_MATCH);
    return sevl_snp_leaf_verify(key, &intermediate, &certificate, any_memory());
}

static void a_chain_gives_the_key_of_a_chip(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(amds); i++) {
        const struct known_amd *amd = &amds[i];
        struct sevl_snp_key key;
        memset(&key, 0xff, sizeof key);
        assert_int_equal(verify_leaf(amd, &amd->ask, &amd->vcek, &key), SEVL_MATCH);
        assert_int_equal(key.kind, SEVL_SNP_VCEK);
        assert_int_equal(key.product, amd->product);
        assert_memory_equal(key.key, amd->key, sizeof key.key);
        assert_memory_equal(&key.tcb, &amd->tcb, sizeof key.tcb);
        assert_int_equal(key.id_size, amd->chip_id_size);
        assert_memory_equal(key.id, amd->chip_id, sizeof key.id);
        assert_true(key.validity.first == amd->first);
        assert_true(key.validity.last == amd->last);
    }
}

static void a_chain_gives_the_key_of_a_cloud_provider(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(amds); i++) {
        const struct known_amd *amd = &amds[i];
        struct sevl_snp_key key;
        assert_int_equal(verify_leaf(amd, &amd->asvk, &amd->vlek, &key), SEVL_MATCH);
        assert_int_equal(key.kind, SEVL_SNP_VLEK);
        assert_memory_equal(&key.tcb, &amd->tcb, sizeof key.tcb);
        assert_int_equal(key.id_size, strlen(amd->provider));
        assert_memory_equal(key.id, amd->provider, key.id_size);
    }
}

static void a_key_is_valid_as_long_as_all_above_it(void **state)
{
    (void)state;
    const struct known_amd *amd = &amds[0];
    const struct sevl_snp_certificate leaf = read_der(&amd->vcek);
    const struct sevl_snp_certificate ask = read_der(&amd->ask);
    struct sevl_snp_authority root = right_root(amd);
    struct sevl_snp_authority intermediate;
    struct sevl_snp_key key;
    for (int i = 0; i < 2; i++) {
        root.validity = ask.validity;
        root.validity.first += i == 0 ? 7 : 0;
        root.validity.last -= i == 1 ? 7 : 0;
        assert_int_equal(sevl_snp_intermediate_verify(&intermediate, &root, &ask, &allowing,
                                                      any_memory()),
                         SEVL_MATCH);
        assert_memory_equal(&intermediate.validity, &root.validity, sizeof root.validity);
        intermediate.validity = leaf.validity;
        intermediate.validity.first += i == 0 ? 9 : 0;
        intermediate.validity.last -= i == 1 ? 9 : 0;
        assert_int_equal(sevl_snp_leaf_verify(&key, &intermediate, &leaf, any_memory()),
                         SEVL_MATCH);
        assert_memory_equal(&key.validity, &intermediate.validity, sizeof key.validity);
    }
}

static void a_root_is_pinned(void **state)
{
    (void)state;
    const struct sevl_snp_certificate certificate = read_der(&amds[0].ark);
    struct sevl_snp_authority root = right_root(&amds[0]);
    const struct sevl_snp_pins none = {NULL, 0};
    struct sevl_snp_fingerprint fingerprint;
    assert_int_equal(root.trust, SEVL_SNP_TRUST_OWN_PIN);
    assert_int_equal(sevl_snp_root_verify(&root, &certificate, NULL, any_memory()), SEVL_UNTRUSTED);
    assert_true(is_zero(&root, sizeof root));
    assert_int_equal(sevl_snp_root_verify(&root, &certificate, &none, any_memory()),
                     SEVL_UNTRUSTED);
    assert_int_equal(sevl_snp_fingerprint_compute(&fingerprint, &certificate), SEVL_OK);
    assert_memory_equal(fingerprint.sha384, amds[0].fingerprint, sizeof fingerprint.sha384);
    for (size_t bit = 0; bit < 8 * sizeof fingerprint.sha384; bit++) {
        const struct sevl_snp_pins pins = {&fingerprint, 1};
        fingerprint.sha384[bit / 8] ^= (uint8_t)(1 << bit % 8);
        assert_int_equal(sevl_snp_root_verify(&root, &certificate, &pins, any_memory()),
                         SEVL_UNTRUSTED);
        fingerprint.sha384[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
}

static void an_intermediate_needs_who_vouches_for_it(void **state)
{
    (void)state;
    const struct known_amd *amd = &amds[1];
    const struct sevl_snp_authority root = right_root(amd);
    struct sevl_snp_authority intermediate;
    struct sevl_snp_crl crl = read_list(&amd->crl);
    struct sevl_snp_revocation revocation = {.crl = NULL};
    assert_int_equal(verify_intermediate(amd, &amd->ask, &revocation, &intermediate),
                     SEVL_UNTRUSTED);
    assert_true(is_zero(&intermediate, sizeof intermediate));
    assert_int_equal(verify_intermediate(amd, &amd->ask, &allowing, &intermediate), SEVL_MATCH);
    assert_int_equal(intermediate.trust, SEVL_SNP_TRUST_ALLOWED);
    assert_int_equal(sevl_snp_crl_verify(&crl, &root, any_memory()), SEVL_MATCH);
    revocation.crl = &crl;
    assert_int_equal(verify_intermediate(amd, &amd->ask, &revocation, &intermediate),
                     SEVL_UNTRUSTED);
    revocation.has_time = true;
    const uint64_t times[] = {crl.validity.first - 1, crl.validity.first, crl.validity.last,
                              crl.validity.last + 1};
    for (size_t i = 0; i < COUNT(times); i++) {
        bool is_in = i == 1 || i == 2;
        revocation.time = times[i];
        assert_int_equal(verify_intermediate(amd, &amd->ask, &revocation, &intermediate),
                         is_in ? SEVL_MATCH : SEVL_UNTRUSTED);
        assert_int_equal(intermediate.trust, is_in ? SEVL_SNP_TRUST_CRL : 0);
    }
}

static void a_key_of_amd_needs_nobody_else(void **state)
{
    (void)state;
    const struct sevl_snp_certificate certificate = read_der(&amds[0].ark);
    const struct sevl_snp_revocation nobody = {.crl = NULL};
    struct sevl_snp_authority authority;
    pins_all = true;
    assert_int_equal(sevl_snp_root_verify(&authority, &certificate, NULL, any_memory()),
                     SEVL_MATCH);
    assert_int_equal(authority.trust, SEVL_SNP_TRUST_PIN);
    assert_int_equal(verify_intermediate(&amds[0], &amds[0].asvk, &nobody, &authority), SEVL_MATCH);
    assert_int_equal(authority.trust, SEVL_SNP_TRUST_PIN);
    revokes_all = true;
    assert_int_equal(verify_intermediate(&amds[0], &amds[0].ask, &allowing, &authority),
                     SEVL_REVOKED);
    revokes_all = false;
    pins_all = false;
}

static void keys_are_pinned_for_what_they_are(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(pinned_keys); i++) {
        const struct pinned_key *pinned = &pinned_keys[i];
        struct sevl_snp_fingerprint fingerprint;
        memcpy(fingerprint.sha384, pinned->sha384, sizeof fingerprint.sha384);
        for (int kind = SEVL_SNP_ARK; kind <= SEVL_SNP_ASVK; kind++)
            for (int product = SEVL_SNP_MILAN; product <= SEVL_SNP_TURIN; product++)
                assert_int_equal(__real_sevl_snp_is_pinned(&fingerprint,
                                                           (enum sevl_snp_certificate_kind)kind,
                                                           (enum sevl_snp_product)product),
                                 kind == pinned->kind && product == (int)pinned->product);
        assert_int_equal(__real_sevl_snp_is_revoked(&fingerprint), pinned->kind == 0);
        for (size_t bit = 0; bit < 384; bit++) {
            fingerprint.sha384[bit / 8] ^= (uint8_t)(1 << bit % 8);
            assert_false(__real_sevl_snp_is_revoked(&fingerprint));
            assert_false(__real_sevl_snp_is_pinned(&fingerprint, SEVL_SNP_ARK, pinned->product));
            fingerprint.sha384[bit / 8] ^= (uint8_t)(1 << bit % 8);
        }
    }
}

static void a_revoked_intermediate_is_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(amds); i++) {
        const struct known_amd *amd = &amds[i];
        const struct sevl_snp_authority root = right_root(amd);
        struct sevl_snp_authority intermediate;
        struct sevl_snp_crl crl = read_list(&amd->crl_of_ask);
        const struct sevl_snp_revocation revocation = {.crl = &crl, .allows_unpinned = true};
        assert_int_equal(verify_intermediate(amd, &amd->ask, &revocation, &intermediate),
                         SEVL_ERROR_STATE);
        assert_int_equal(sevl_snp_crl_verify(&crl, &root, any_memory()), SEVL_MATCH);
        assert_int_equal(verify_intermediate(amd, &amd->ask, &revocation, &intermediate),
                         SEVL_REVOKED);
        assert_true(is_zero(&intermediate, sizeof intermediate));
        assert_int_equal(verify_intermediate(amd, &amd->asvk, &revocation, &intermediate),
                         SEVL_MATCH);
    }
}

static void kinds_and_products_fit(void **state)
{
    (void)state;
    const struct known_amd *milan = &amds[0];
    const struct known_amd *genoa = &amds[1];
    struct sevl_snp_authority authority;
    struct sevl_snp_key key;
    const struct sevl_bytes *const no_roots[] = {&milan->ask, &milan->asvk, &milan->vcek};
    for (size_t i = 0; i < COUNT(no_roots); i++) {
        const struct sevl_snp_certificate certificate = read_der(no_roots[i]);
        assert_int_equal(sevl_snp_root_verify(&authority, &certificate, NULL, any_memory()),
                         SEVL_ERROR_STATE);
    }
    const struct sevl_bytes *const not_below[] = {&milan->ark, &milan->vcek, &milan->vlek,
                                                  &genoa->ask};
    for (size_t i = 0; i < COUNT(not_below); i++)
        assert_int_equal(verify_intermediate(milan, not_below[i], &allowing, &authority),
                         SEVL_ERROR_STATE);
    struct sevl_snp_authority no_root = right_root(milan);
    const struct sevl_snp_certificate ask = read_der(&milan->ask);
    no_root.kind = SEVL_SNP_ASK;
    assert_int_equal(sevl_snp_intermediate_verify(&authority, &no_root, &ask, &allowing,
                                                  any_memory()),
                     SEVL_ERROR_STATE);
    assert_int_equal(verify_leaf(milan, &milan->ask, &milan->vlek, &key), SEVL_ERROR_STATE);
    assert_int_equal(verify_leaf(milan, &milan->asvk, &milan->vcek, &key), SEVL_ERROR_STATE);
    assert_int_equal(verify_leaf(milan, &milan->ask, &genoa->vcek, &key), SEVL_ERROR_STATE);
    assert_int_equal(verify_leaf(milan, &milan->ask, &milan->ask, &key), SEVL_ERROR_STATE);
    assert_true(is_zero(&key, sizeof key));
}

static void a_list_is_of_the_root_and_its_product(void **state)
{
    (void)state;
    struct sevl_snp_authority authority;
    struct sevl_snp_authority root = right_root(&amds[0]);
    struct sevl_snp_crl crl = read_list(&amds[1].crl);
    const struct sevl_snp_revocation revocation = {.crl = &crl, .allows_unpinned = true};
    assert_int_equal(sevl_snp_crl_verify(&crl, &root, any_memory()), SEVL_ERROR_STATE);
    const struct sevl_snp_authority other = right_root(&amds[1]);
    assert_int_equal(sevl_snp_crl_verify(&crl, &other, any_memory()), SEVL_MATCH);
    assert_int_equal(verify_intermediate(&amds[0], &amds[0].ask, &revocation, &authority),
                     SEVL_ERROR_STATE);
    crl = read_list(&amds[0].crl);
    root.kind = SEVL_SNP_ASK;
    assert_int_equal(sevl_snp_crl_verify(&crl, &root, any_memory()), SEVL_ERROR_STATE);
    assert_int_equal(crl.verdict, SEVL_ERROR_STATE);
}

/* The same with another bit in each byte: it is not read, or not verified. */
typedef enum sevl_result verify_changed(const struct known_amd *amd, const struct sevl_bytes *der);

static void assert_every_byte_counts(const struct known_amd *amd, const struct sevl_bytes *der,
                                     verify_changed *verify)
{
    uint8_t bytes[2048];
    const struct sevl_bytes changed = {bytes, der->size};
    assert_true(der->size <= sizeof bytes);
    memcpy(bytes, der->bytes, der->size);
    assert_int_equal(verify(amd, &changed), SEVL_MATCH);
    for (size_t i = 0; i < der->size; i++) {
        bytes[i] ^= (uint8_t)(1 << i % 8);
        if (verify(amd, &changed) == SEVL_MATCH)
            fail_msg("byte %zu", i);
        bytes[i] ^= (uint8_t)(1 << i % 8);
    }
}

static enum sevl_result verify_changed_leaf(const struct known_amd *amd,
                                            const struct sevl_bytes *der)
{
    struct sevl_snp_certificate certificate;
    struct sevl_snp_authority intermediate;
    struct sevl_snp_key key;
    if (sevl_snp_certificate_read(&certificate, der->bytes, der->size) != SEVL_OK)
        return SEVL_ERROR_ENCODING;
    assert_int_equal(verify_intermediate(amd, &amd->ask, &allowing, &intermediate), SEVL_MATCH);
    return sevl_snp_leaf_verify(&key, &intermediate, &certificate, any_memory());
}

static enum sevl_result verify_changed_intermediate(const struct known_amd *amd,
                                                    const struct sevl_bytes *der)
{
    struct sevl_snp_certificate certificate;
    struct sevl_snp_authority intermediate;
    const struct sevl_snp_authority root = right_root(amd);
    if (sevl_snp_certificate_read(&certificate, der->bytes, der->size) != SEVL_OK)
        return SEVL_ERROR_ENCODING;
    return sevl_snp_intermediate_verify(&intermediate, &root, &certificate, &allowing,
                                        any_memory());
}

static enum sevl_result verify_changed_root(const struct known_amd *amd,
                                            const struct sevl_bytes *der)
{
    struct sevl_snp_certificate certificate;
    struct sevl_snp_fingerprint pin;
    struct sevl_snp_authority root;
    const struct sevl_snp_pins pins = {&pin, 1};
    memcpy(pin.sha384, amd->fingerprint, sizeof pin.sha384);
    if (sevl_snp_certificate_read(&certificate, der->bytes, der->size) != SEVL_OK)
        return SEVL_ERROR_ENCODING;
    return sevl_snp_root_verify(&root, &certificate, &pins, any_memory());
}

static enum sevl_result verify_changed_list(const struct known_amd *amd,
                                            const struct sevl_bytes *der)
{
    struct sevl_snp_crl crl;
    const struct sevl_snp_authority root = right_root(amd);
    if (sevl_snp_crl_read(&crl, der->bytes, der->size) != SEVL_OK)
        return SEVL_ERROR_ENCODING;
    return sevl_snp_crl_verify(&crl, &root, any_memory());
}

static void every_byte_of_certificates_and_lists_counts(void **state)
{
    (void)state;
    assert_every_byte_counts(&amds[0], &amds[0].vcek, verify_changed_leaf);
    assert_every_byte_counts(&amds[1], &amds[1].asvk, verify_changed_intermediate);
    assert_every_byte_counts(&amds[2], &amds[2].ark, verify_changed_root);
    assert_every_byte_counts(&amds[0], &amds[0].crl, verify_changed_list);
}

/* What was verified above, as it goes into one more verification. */
struct prepared {
    struct sevl_snp_certificate ark, ask, vcek;
    struct sevl_snp_crl crl;
    struct sevl_snp_fingerprint pin;
    struct sevl_snp_authority root, intermediate;
};

static enum sevl_result again_root(struct prepared *prepared)
{
    struct sevl_snp_authority root;
    const struct sevl_snp_pins pins = {&prepared->pin, 1};
    return sevl_snp_root_verify(&root, &prepared->ark, &pins, any_memory());
}

static enum sevl_result again_list(struct prepared *prepared)
{
    return sevl_snp_crl_verify(&prepared->crl, &prepared->root, any_memory());
}

static enum sevl_result again_intermediate(struct prepared *prepared)
{
    return sevl_snp_intermediate_verify(&prepared->intermediate, &prepared->root, &prepared->ask,
                                        &allowing, any_memory());
}

static enum sevl_result again_leaf(struct prepared *prepared)
{
    struct sevl_snp_key key;
    return sevl_snp_leaf_verify(&key, &prepared->intermediate, &prepared->vcek, any_memory());
}

static void hashes_that_fail_are_no_verdict(void **state)
{
    (void)state;
    static enum sevl_result (*const again[])(struct prepared *) = {again_root, again_list,
                                                                   again_intermediate, again_leaf};
    struct prepared prepared = {.ark = read_der(&amds[0].ark),
                                .ask = read_der(&amds[0].ask),
                                .vcek = read_der(&amds[0].vcek),
                                .crl = read_list(&amds[0].crl),
                                .root = right_root(&amds[0])};
    memcpy(prepared.pin.sha384, amds[0].fingerprint, sizeof prepared.pin.sha384);
    for (size_t i = 0; i < COUNT(again); i++) {
        fail_crypto_call(0);
        assert_int_equal(again[i](&prepared), SEVL_MATCH);
        int calls = crypto_calls();
        for (int n = 1; n <= calls; n++) {
            fail_crypto_call(n);
            assert_int_equal(again[i](&prepared), SEVL_ERROR_CRYPTO);
        }
        fail_crypto_call(0);
        assert_int_equal(again[i](&prepared), SEVL_MATCH);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_chain_gives_the_key_of_a_chip),
        cmocka_unit_test(a_chain_gives_the_key_of_a_cloud_provider),
        cmocka_unit_test(a_key_is_valid_as_long_as_all_above_it),
        cmocka_unit_test(a_root_is_pinned),
        cmocka_unit_test(an_intermediate_needs_who_vouches_for_it),
        cmocka_unit_test(a_key_of_amd_needs_nobody_else),
        cmocka_unit_test(keys_are_pinned_for_what_they_are),
        cmocka_unit_test(a_revoked_intermediate_is_refused),
        cmocka_unit_test(kinds_and_products_fit),
        cmocka_unit_test(a_list_is_of_the_root_and_its_product),
        cmocka_unit_test(every_byte_of_certificates_and_lists_counts),
        cmocka_unit_test(hashes_that_fail_are_no_verdict),
    };
    return cmocka_run_group_tests(tests, no_faults, NULL);
}
