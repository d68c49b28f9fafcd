/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The checks of a verdict on a platform, or on a report of it, in the order in which they are told:
 * how each ended, what it protects against, and what was compared.
 */
#ifndef SEVLAUNCH_PLATFORM_CHECKS_H
#define SEVLAUNCH_PLATFORM_CHECKS_H

#include "cli/json.h"
#include "platform_chain.h"

struct platform_check {
    const char *name; /* "cek" for example */
    const char *protects;
    enum platform_state state;
    const char *expected; /* the words or values stay the caller's; empty: nothing to show */
    const char *got;
};

/* Zeroed memory is one of no checks. Do not move it: checks point to its texts. */
#define PLATFORM_CHECKS_MAX 14
struct platform_checks {
    struct platform_check check[PLATFORM_CHECKS_MAX];
    size_t count;
    char ark[2 * SEVL_SHA384_SIZE + 80]; /* what was got of a root that nobody trusts */
    char owner_expected[4 + 2 * SEVL_SHA384_SIZE + 1]; /* "OCA " and its fingerprint */
    char owner_got[4 + 2 * SEVL_SHA384_SIZE + 1];
};

/* Adds a check, of which there are PLATFORM_CHECKS_MAX at most. */
void platform_checks_add(struct platform_checks *checks, const struct platform_check *check);

/* "cek" for example: the name of the check of a link. */
const char *platform_check_name(enum sevl_sev_certificate_kind kind);

/* Adds those of a chain up to `last` and of its owner; and of chip's id and revocation: not made.
 */
void platform_checks_add_chain(struct platform_checks *checks, const struct platform_chain *chain,
                               const struct platform_trust *trust,
                               enum sevl_sev_certificate_kind last);

/* Prints an error line for each check that failed. */
void platform_checks_tell_failures(const struct platform_checks *checks,
                                   const struct cli_console *console);

/* Prints one line, "Not checked: owner, chip-id, revocation". Returns whether it was printed. */
PORT_CHECK bool platform_checks_print_not_made(const struct platform_checks *checks,
                                               enum port_stream stream);

/* Puts the last member, "checks". */
void platform_checks_put(struct cli_json *json, const struct platform_checks *checks);

#endif
