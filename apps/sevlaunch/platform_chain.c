/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "platform_chain.h"

#include <string.h>

struct verifier {
    struct platform_chain *chain;
    const struct platform_files *files;
    const struct platform_trust *trust;
};

static enum sevl_result verify_ark(const struct verifier *verifier)
{
    struct platform_chain *chain = verifier->chain;
    chain->is_ark_unsigned = verifier->files->authority[SEVL_SEV_ARK].signature == NULL;
    const struct sevl_sev_pins pins = {verifier->trust->roots, verifier->trust->root_count};
    return sevl_sev_ark_verify(&chain->authority[SEVL_SEV_ARK],
                               &verifier->files->authority[SEVL_SEV_ARK], &pins, &chain->memory);
}

static enum sevl_result verify_ask(const struct verifier *verifier)
{
    struct platform_chain *chain = verifier->chain;
    return sevl_sev_ask_verify(&chain->authority[SEVL_SEV_ASK], &chain->authority[SEVL_SEV_ARK],
                               &verifier->files->authority[SEVL_SEV_ASK], &chain->memory);
}

static enum sevl_result verify_cek(const struct verifier *verifier)
{
    struct platform_chain *chain = verifier->chain;
    return sevl_sev_cek_verify(&chain->key[SEVL_SEV_CEK], &chain->authority[SEVL_SEV_ASK],
                               &verifier->files->certificate[SEVL_SEV_CEK], &chain->memory);
}

static enum sevl_result verify_oca(const struct verifier *verifier)
{
    struct platform_chain *chain = verifier->chain;
    const struct platform_trust *trust = verifier->trust;
    return sevl_sev_oca_verify(&chain->key[SEVL_SEV_OCA],
                               &verifier->files->certificate[SEVL_SEV_OCA],
                               trust->has_oca ? &trust->oca : NULL, &chain->memory);
}

static enum sevl_result verify_pek(const struct verifier *verifier)
{
    struct platform_chain *chain = verifier->chain;
    return sevl_sev_pek_verify(&chain->key[SEVL_SEV_PEK], &chain->key[SEVL_SEV_CEK],
                               &chain->key[SEVL_SEV_OCA],
                               &verifier->files->certificate[SEVL_SEV_PEK], &chain->memory);
}

static enum sevl_result verify_pdh(const struct verifier *verifier)
{
    struct platform_chain *chain = verifier->chain;
    return sevl_sev_pdh_verify(&chain->key[SEVL_SEV_PDH], &chain->key[SEVL_SEV_PEK],
                               &verifier->files->certificate[SEVL_SEV_PDH], &chain->memory);
}

typedef enum sevl_result verify_link(const struct verifier *verifier);
static verify_link *const steps[PLATFORM_KINDS] = {
    [SEVL_SEV_ARK] = verify_ark, [SEVL_SEV_ASK] = verify_ask, [SEVL_SEV_CEK] = verify_cek,
    [SEVL_SEV_OCA] = verify_oca, [SEVL_SEV_PEK] = verify_pek, [SEVL_SEV_PDH] = verify_pdh,
};

static enum sevl_result compute_fingerprint(const struct verifier *verifier,
                                            enum sevl_sev_certificate_kind kind)
{
    struct sevl_sev_fingerprint *fingerprint = &verifier->chain->fingerprint[kind];
    if (platform_is_authority(kind))
        return sevl_sev_ca_fingerprint(fingerprint, &verifier->files->authority[kind]);
    return sevl_sev_fingerprint(fingerprint, &verifier->files->certificate[kind]);
}

/* A link whose issuer was not verified is refused by its step: SEVL_ERROR_STATE. */
static enum sevl_result make_link(const struct verifier *verifier,
                                  enum sevl_sev_certificate_kind kind)
{
    if (compute_fingerprint(verifier, kind) != SEVL_OK)
        return SEVL_ERROR_CRYPTO;
    return steps[kind](verifier);
}

enum sevl_result platform_chain_verify(struct platform_chain *chain,
                                       const struct platform_files *files,
                                       const struct platform_trust *trust,
                                       enum sevl_sev_certificate_kind last)
{
    const struct verifier verifier = {chain, files, trust};
    enum sevl_result verdict = SEVL_MATCH;
    memset(chain, 0, sizeof *chain);
    for (int i = SEVL_SEV_ARK; i < PLATFORM_KINDS; i++)
        chain->result[i] = SEVL_ERROR_STATE;
    for (int i = SEVL_SEV_ARK; i <= (int)last; i++) {
        enum sevl_sev_certificate_kind kind = (enum sevl_sev_certificate_kind)i;
        chain->result[kind] = make_link(&verifier, kind);
        if (chain->result[kind] == SEVL_ERROR_CRYPTO)
            return SEVL_ERROR_CRYPTO;
        if (chain->result[kind] != SEVL_MATCH)
            verdict = SEVL_MISMATCH;
    }
    return verdict;
}

enum platform_state platform_link_state(const struct platform_chain *chain,
                                        enum sevl_sev_certificate_kind kind)
{
    switch (chain->result[kind]) {
    case SEVL_MATCH:
        return PLATFORM_PASSED;
    case SEVL_ERROR_STATE:
        return PLATFORM_NOT_MADE;
    default:
        return PLATFORM_FAILED;
    }
}

void platform_chain_debug(const struct platform_chain *chain, const struct cli_console *console,
                          enum sevl_sev_certificate_kind last)
{
    static const char *const labels[PLATFORM_KINDS] = {
        [SEVL_SEV_ARK] = "ARK(sha384)", [SEVL_SEV_ASK] = "ASK(sha384)",
        [SEVL_SEV_CEK] = "CEK(sha384)", [SEVL_SEV_OCA] = "OCA(sha384)",
        [SEVL_SEV_PEK] = "PEK(sha384)", [SEVL_SEV_PDH] = "PDH(sha384)",
    };
    for (int i = SEVL_SEV_ARK; i <= (int)last; i++)
        cli_debug(console, labels[i], chain->fingerprint[i].sha384, SEVL_SHA384_SIZE);
}

/* What each link is told with: words that follow "expected" and "got". */
static const struct words {
    const char *expected;
    const char *mismatch;
    const char *not_made; /* a root and an OCA need no other link */
} words[PLATFORM_KINDS] = {
    [SEVL_SEV_ARK] = {"a root of AMD's or one whose fingerprint is given, signed by itself "
                      "(Naples: or without signature)",
                      "one that did not sign itself", NULL},
    [SEVL_SEV_ASK] = {"one that the ARK signed; under AMD's ARK, AMD's own",
                      "one that the ARK did not sign", "nothing: the ARK was not verified"},
    [SEVL_SEV_CEK] = {"one that the ASK signed",
                      "one that the ASK did not sign: it is changed, or of another product",
                      "nothing: the ASK was not verified"},
    [SEVL_SEV_OCA] = {"one that signed itself", "one that did not sign itself", NULL},
    [SEVL_SEV_PEK] = {"one that the CEK and the OCA signed",
                      "one that the CEK or the OCA did not sign",
                      "nothing: the CEK or the OCA was not verified"},
    [SEVL_SEV_PDH] = {"one that the PEK signed",
                      "one that the PEK did not sign: it is changed, old, or of another platform",
                      "nothing: the PEK was not verified"},
};

static const char *words_of_root(const struct platform_chain *chain)
{
    static const char *const of_root[2][2] = {
        {"a root of AMD's that is pinned, and that signed itself",
         "a root of AMD's that is pinned; this form has no signature"},
        {"a root whose fingerprint was given, and that signed itself",
         "a root whose fingerprint was given; this form has no signature"},
    };
    bool is_own = chain->authority[SEVL_SEV_ARK].product == SEVL_SEV_PRODUCT_OWN;
    return of_root[is_own][chain->is_ark_unsigned];
}

static const char *words_of_match(const struct platform_chain *chain,
                                  enum sevl_sev_certificate_kind kind)
{
    if (kind == SEVL_SEV_ARK)
        return words_of_root(chain);
    if (kind != SEVL_SEV_ASK)
        return words[kind].expected;
    return chain->authority[SEVL_SEV_ASK].product == SEVL_SEV_PRODUCT_OWN
               ? "one that the ARK signed; not AMD's"
               : "one that the ARK signed, and AMD's own for its product";
}

static const char *words_of_untrusted(enum sevl_sev_certificate_kind kind)
{
    switch (kind) {
    case SEVL_SEV_ARK:
        return ", which is none of AMD's (--ark-fingerprint trusts another root)";
    case SEVL_SEV_ASK:
        return "one that is none of AMD's for its product";
    default: /* an OCA: its owner is another check */
        return words[kind].expected;
    }
}

const char *platform_link_expected(enum sevl_sev_certificate_kind kind)
{
    return words[kind].expected;
}

const char *platform_link_got(const struct platform_chain *chain,
                              enum sevl_sev_certificate_kind kind)
{
    switch (chain->result[kind]) {
    case SEVL_MATCH:
        return words_of_match(chain, kind);
    case SEVL_MISMATCH:
        return words[kind].mismatch;
    case SEVL_UNTRUSTED:
        return words_of_untrusted(kind);
    case SEVL_ERROR_ABSENT:
        return "one without a signature that it must have";
    case SEVL_ERROR_STATE:
        return words[kind].not_made;
    default: /* SEVL_ERROR_ENCODING */
        return "one that is malformed, or with a signature by a key of another kind";
    }
}

const char *platform_product_name(enum sevl_sev_product product)
{
    static const char *const names[] = {
        [SEVL_SEV_PRODUCT_OWN] = "none of AMD's",
        [SEVL_SEV_NAPLES] = "Naples",
        [SEVL_SEV_ROME] = "Rome",
        [SEVL_SEV_MILAN] = "Milan",
        [SEVL_SEV_GENOA] = "Genoa",
        [SEVL_SEV_TURIN] = "Turin",
    };
    return names[product];
}
