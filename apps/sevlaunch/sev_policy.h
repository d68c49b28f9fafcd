/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The policy of a launch of SEV or SEV-ES (AMD 55766, table "Guest Policy Structure"), before it
 * goes into a session: what no firmware takes is refused here, and what an owner may not want is
 * warned of.
 */
#ifndef SEVLAUNCH_SEV_POLICY_H
#define SEVLAUNCH_SEV_POLICY_H

#include "cli/console.h"

enum sev_policy_warning {
    SEV_POLICY_DEBUG,  /* the host may debug the guest */
    SEV_POLICY_API,    /* newer firmware is asked for than made the PEK */
    SEV_POLICY_DOMAIN, /* the guest may go to platforms of an owner that is not pinned */
    SEV_POLICY_WARNINGS
};

/* What a policy is looked at with. */
struct sev_policy_facts {
    uint32_t policy;
    uint8_t pek_api_major; /* of the firmware that made the PEK */
    uint8_t pek_api_minor;
    bool is_oca_pinned;
};

/*
 * Returns CLI_GO_ON; or CLI_USAGE after an error line for a policy of SEV-SNP, one with a
 * reserved bit, or, with `is_es`, one that is not of SEV-ES.
 */
PORT_CHECK enum cli_code sev_policy_check(const struct cli_console *console, uint32_t policy,
                                          bool is_es);

bool sev_policy_warns(const struct sev_policy_facts *facts, enum sev_policy_warning warning);

/* The name of a warning, for programs. */
const char *sev_policy_warning_name(enum sev_policy_warning warning);

/* Prints a line for each warning. */
void sev_policy_warn(const struct cli_console *console, const struct sev_policy_facts *facts);

#endif
