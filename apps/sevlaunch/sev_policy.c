/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sev_policy.h"

#include <sevlaunch/sev/measurement.h>

#include "cli/text.h"

#define RESERVED_FIRST 6
#define RESERVED UINT32_C(0xffc0)
#define POLICY_DOMAIN UINT32_C(0x10)

/* The least version of the firmware's API, in the upper half of a policy. */
#define API_MAJOR_AT 16
#define API_MINOR_AT 24

static const char *const warning_names[SEV_POLICY_WARNINGS] = {
    [SEV_POLICY_DEBUG] = "policy-debug",
    [SEV_POLICY_API] = "policy-api",
    [SEV_POLICY_DOMAIN] = "policy-domain",
};

static enum cli_code fail_reserved(const struct cli_console *console, uint32_t policy)
{
    unsigned bit = RESERVED_FIRST;
    while ((policy >> bit & 1) == 0)
        bit++;
    return cli_error(console, CLI_USAGE,
                     "--policy: expected bits 6 to 15 clear, as firmware requires, got ",
                     text_hexadecimal(policy).text, " with bit ", text_decimal(bit).text, ": ",
                     text_hexadecimal(policy & ~RESERVED).text, " is the policy without them");
}

enum cli_code sev_policy_check(const struct cli_console *console, uint32_t policy, bool is_es)
{
    if (sevl_policy_is_snp(policy))
        return cli_error(
            console, CLI_USAGE, "--policy: expected one of SEV or SEV-ES, as 0x5, got ",
            text_hexadecimal(policy).text,
            " with bit 17, as each of SEV-SNP has: its launches have no session (API 0.23 is "
            "0x17000000)");
    if ((policy & RESERVED) != 0)
        return fail_reserved(console, policy);
    if (is_es && !sevl_policy_is_es(policy))
        return cli_error(console, CLI_USAGE,
                         "--policy: expected one of SEV-ES, with bit 2, as --es asks for, got ",
                         text_hexadecimal(policy).text, ": ",
                         text_hexadecimal(policy | SEVL_POLICY_ES).text, " has it");
    return CLI_GO_ON;
}

static uint8_t api_major(uint32_t policy)
{
    return (uint8_t)(policy >> API_MAJOR_AT);
}

static uint8_t api_minor(uint32_t policy)
{
    return (uint8_t)(policy >> API_MINOR_AT);
}

static bool asks_newer_api(const struct sev_policy_facts *facts)
{
    uint8_t major = api_major(facts->policy);
    if (major != facts->pek_api_major)
        return major > facts->pek_api_major;
    return api_minor(facts->policy) > facts->pek_api_minor;
}

bool sev_policy_warns(const struct sev_policy_facts *facts, enum sev_policy_warning warning)
{
    switch (warning) {
    case SEV_POLICY_DEBUG:
        return sevl_policy_allows_debugging(facts->policy);
    case SEV_POLICY_API:
        return asks_newer_api(facts);
    default: /* SEV_POLICY_DOMAIN */
        return (facts->policy & POLICY_DOMAIN) != 0 && !facts->is_oca_pinned;
    }
}

const char *sev_policy_warning_name(enum sev_policy_warning warning)
{
    return warning_names[warning];
}

/* The same words as those of virt-qemu-sev-validate. */
static void warn_debug(const struct cli_console *console, const struct sev_policy_facts *facts)
{
    cli_warn(console, "policy ", text_hexadecimal(facts->policy).text,
             " allows debugging (bit 0, NODBG, is clear): the host may read and change all of the "
             "guest's memory");
}

static void warn_api(const struct cli_console *console, const struct sev_policy_facts *facts)
{
    cli_warn(console, "policy ", text_hexadecimal(facts->policy).text, " asks for firmware of API ",
             text_decimal(api_major(facts->policy)).text, ".",
             text_decimal(api_minor(facts->policy)).text, ", and the platform's PEK was made by ",
             text_decimal(facts->pek_api_major).text, ".", text_decimal(facts->pek_api_minor).text,
             ": the launch fails (POLICY_FAILURE) unless it was updated since");
}

static void warn_domain(const struct cli_console *console, const struct sev_policy_facts *facts)
{
    cli_warn(console, "policy ", text_hexadecimal(facts->policy).text,
             " lets the guest go to other platforms of the same owner (bit 4, DOMAIN), and the "
             "owner is not pinned: --oca-fingerprint does so");
}

void sev_policy_warn(const struct cli_console *console, const struct sev_policy_facts *facts)
{
    static void (*const warn[SEV_POLICY_WARNINGS])(const struct cli_console *,
                                                   const struct sev_policy_facts *) = {
        [SEV_POLICY_DEBUG] = warn_debug,
        [SEV_POLICY_API] = warn_api,
        [SEV_POLICY_DOMAIN] = warn_domain,
    };
    for (unsigned i = 0; i < SEV_POLICY_WARNINGS; i++)
        if (sev_policy_warns(facts, (enum sev_policy_warning)i))
            warn[i](console, facts);
}
