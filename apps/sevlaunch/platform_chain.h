/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Whether the certificates of a platform hold: each link on its own, with why it does not. */
#ifndef SEVLAUNCH_PLATFORM_CHAIN_H
#define SEVLAUNCH_PLATFORM_CHAIN_H

#include <sevlaunch/sev/chain.h>

#include "platform_files.h"
#include "platform_trust.h"

/* Holds no pointer: all of it is copied out of the certificates. Arrays are by kind. */
struct platform_chain {
    /* What core/sev/chain.h said of a link; SEVL_ERROR_STATE: it was not made. */
    enum sevl_result result[PLATFORM_KINDS];
    struct sevl_sev_fingerprint fingerprint[PLATFORM_KINDS]; /* of those up to `last` */
    struct sevl_sev_authority authority[SEVL_SEV_ASK + 1];
    bool is_ark_unsigned;                    /* it has the form without a signature */
    struct sevl_sev_key key[PLATFORM_KINDS]; /* of the other kinds: see its verdict */
    struct sevl_sev_chain_memory memory;
};

/*
 * Verifies all links from the ARK to `last`, a PEK or a PDH, of which the files have each: see
 * platform_missing.h. A link whose issuer was not verified is not made.
 * Returns SEVL_MATCH if all of them hold; SEVL_MISMATCH if one does not, or was not made; or
 * SEVL_ERROR_CRYPTO if Mbed TLS failed.
 */
SEVL_CHECK enum sevl_result platform_chain_verify(struct platform_chain *chain,
                                                  const struct platform_files *files,
                                                  const struct platform_trust *trust,
                                                  enum sevl_sev_certificate_kind last);

enum platform_state { PLATFORM_NOT_MADE, PLATFORM_PASSED, PLATFORM_FAILED };
enum platform_state platform_link_state(const struct platform_chain *chain,
                                        enum sevl_sev_certificate_kind kind);

/* With --debug, prints the fingerprints of the links up to `last`. */
void platform_chain_debug(const struct platform_chain *chain, const struct cli_console *console,
                          enum sevl_sev_certificate_kind last);

/*
 * Words that follow "expected" and "got": of a link that was not made, "nothing: " and why; of a
 * root that is not trusted, what follows its fingerprint.
 */
const char *platform_link_expected(enum sevl_sev_certificate_kind kind);
const char *platform_link_got(const struct platform_chain *chain,
                              enum sevl_sev_certificate_kind kind);

/* "Rome" for example. */
const char *platform_product_name(enum sevl_sev_product product);

#endif
