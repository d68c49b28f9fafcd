/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Certificates and revocation lists, from files in any form and order: DER, PEM with any
 * number of them, or the table that a guest gets from its host. What they are, they tell
 * themselves. Nothing is verified here.
 */
#ifndef SEVLAUNCH_COLLATERAL_H
#define SEVLAUNCH_COLLATERAL_H

#include <sevlaunch/snp/certificate.h>

#include "store.h"

#define COLLATERAL_MAX 32

/* VCEK and VLEK that come with one report, after them. */
#define COLLATERAL_OF_REPORT_MAX 8

struct collateral_item {
    struct sevl_bytes der; /* in the store */
    enum sevl_snp_product product;
    bool is_crl;
    bool is_asked_for;                   /* the list's file was named as one */
    enum sevl_snp_certificate_kind kind; /* of what is no list */
};

struct collateral {
    struct collateral_item items[COLLATERAL_MAX + COLLATERAL_OF_REPORT_MAX];
    size_t count;
};

/*
 * Adds all that a file holds, or a folder, if the path ends with '/', in files with the names
 * that snpguest gives them (ark.pem and so on); the same one twice is taken once. `is_crl`: the
 * file is to hold revocation lists alone.
 * Returns CLI_GO_ON, or an exit code after an error line that begins with the name of the
 * option.
 */
PORT_CHECK enum cli_code collateral_add(struct collateral *collateral, struct store *store,
                                        const struct cli_console *console, const char *option,
                                        const char *path, bool is_crl);

/* The same of the bytes of such a file, at least one, which do not lie in the store. */
PORT_CHECK enum cli_code collateral_take(struct collateral *collateral, struct store *store,
                                         const struct cli_console *console, const char *option,
                                         const char *path, bool is_crl, const uint8_t *bytes,
                                         size_t size);

/*
 * Adds the VCEK and VLEK in some bytes of such a form, as long as there are at most `max` items.
 * What signed them is left out.
 * Returns NULL, or what the bytes are or hold that is wrong, to stand after their name.
 */
PORT_CHECK const char *collateral_add_leaves(struct collateral *collateral, struct store *store,
                                             const uint8_t *bytes, size_t size, size_t max);

#endif
