/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "warnings.h"

#include "cli/text.h"

/* The line is `before`, what the warning is about, `after`. */
static const struct warning_text {
    const char *name;
    const char *before;
    const char *after;
} warning_texts[WARNING_COUNT] = {
    [WARNING_NO_TABLE] = {"no-table", "'",
                          "' does not end in OVMF's table: it is cut short, or is other firmware"},
    [WARNING_TABLE] = {"table-malformed", "the table at the end of '", "' is malformed: not used"},
    [WARNING_NO_HASH_AREA] = {"no-hash-area", "'",
                              "' keeps no area for kernel hashes: a guest that is launched with "
                              "them cannot boot with it"},
    [WARNING_POLICY_SNP] = {"policy-snp", "policy ",
                            " has bit 17, as those of SEV-SNP: this command validates SEV and "
                            "SEV-ES"},
    [WARNING_POLICY_DEBUG] = {"policy-debug", "policy ",
                              " allows debugging (bit 0, NODBG, is clear): the host may read and "
                              "change all of the guest's memory"},
    [WARNING_CPUS] = {"cpus-not-measured", "",
                      " is not measured: the policy is not that of an SEV-ES guest"},
    [WARNING_VMSA_CPU1] = {"vmsa-cpu1-unused", "", " is not measured: there is one CPU"},
    [WARNING_SECRET_NEWLINE] = {"secret-newline", "'",
                                "' is text that ends in a newline, which becomes a part of the "
                                "secret"},
    [WARNING_NO_SECRET] = {"no-secret", "",
                           " and --secret-payload are not written: there is no --inject-secret"},
    [WARNING_NO_SECRET_AREA] = {"no-secret-area", "'",
                                "' keeps no area for secrets: the guest will not find them"},
    [WARNING_SECRET_AREA_UNKNOWN] = {"secret-area-unknown", "",
                                     " does not know how much the firmware keeps free for "
                                     "secrets: --launch-digest does not tell it"},
};

const char *warnings_name(enum warning warning)
{
    return warning_texts[warning].name;
}

static bool warning_applies(enum warning warning, const struct warning_facts *facts)
{
    const struct request *request = facts->request;
    bool has_firmware = request_has(request, OPTION_FIRMWARE);
    bool has_secret = request_has(request, OPTION_INJECT_SECRET);
    switch (warning) {
    case WARNING_NO_TABLE:
        return facts->table == SEVL_ERROR_ABSENT;
    case WARNING_TABLE:
        return facts->table == SEVL_ERROR_ENCODING;
    case WARNING_POLICY_SNP:
        return sevl_policy_is_snp(facts->policy);
    case WARNING_POLICY_DEBUG:
        return sevl_policy_allows_debugging(facts->policy);
    case WARNING_NO_HASH_AREA:
        return request_has(request, OPTION_KERNEL) && facts->footer->hash_table.size == 0;
    case WARNING_CPUS:
        return options_first_marked(request->arguments, MARK_CPUS) != OPTION_COUNT &&
               !sevl_policy_is_es(facts->policy);
    case WARNING_VMSA_CPU1:
        return request_has(request, OPTION_VMSA_CPU1) && request->cpus == 1 &&
               sevl_policy_is_es(facts->policy);
    case WARNING_NO_SECRET:
        return request_has(request, OPTION_SECRET_HEADER) && !has_secret;
    case WARNING_NO_SECRET_AREA:
        return has_secret && has_firmware && facts->footer->secret.size == 0;
    case WARNING_SECRET_AREA_UNKNOWN:
        return has_secret && !has_firmware;
    default:
        return false;
    }
}

static const char *warning_subject(enum warning warning, const struct request *request,
                                   const char *policy)
{
    switch (warning) {
    case WARNING_POLICY_SNP:
    case WARNING_POLICY_DEBUG:
        return policy;
    case WARNING_CPUS:
        return cli_name(request->arguments, options_first_marked(request->arguments, MARK_CPUS));
    case WARNING_VMSA_CPU1:
        return cli_name(request->arguments, OPTION_VMSA_CPU1);
    case WARNING_NO_SECRET:
        return cli_name(request->arguments, OPTION_SECRET_HEADER);
    case WARNING_SECRET_AREA_UNKNOWN:
        return cli_name(request->arguments, OPTION_INJECT_SECRET);
    default:
        return request_value(request, OPTION_FIRMWARE);
    }
}

void warnings_give(struct warnings *warnings, const struct cli_console *console,
                   enum warning warning, const char *subject)
{
    const struct warning_text *text = &warning_texts[warning];
    warnings->given[warning] = true;
    cli_warn(console, text->before, subject, text->after);
}

void warnings_find(struct warnings *warnings, const struct cli_console *console,
                   const struct warning_facts *facts)
{
    const struct hexadecimal policy = text_hexadecimal(facts->policy);
    for (int i = 0; i < WARNING_COUNT; i++) {
        enum warning warning = (enum warning)i;
        if (warning_applies(warning, facts))
            warnings_give(warnings, console, warning,
                          warning_subject(warning, facts->request, policy.text));
    }
}
