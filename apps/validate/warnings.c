/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "warnings.h"

/* The line is `before`, what the warning is about, `after`. */
static const struct warning_text {
    const char *name;
    const char *before;
    const char *after;
} warning_texts[WARNING_COUNT] = {
    [WARNING_TABLE] = {"table-malformed", "the table at the end of '", "' is malformed: not used"},
    [WARNING_NO_HASH_AREA] = {"no-hash-area", "'",
                              "' keeps no area for kernel hashes: a guest that is launched with "
                              "them cannot boot with it"},
    [WARNING_CPUS] = {"cpus-not-measured", "",
                      " is not measured: the policy is not that of an SEV-ES guest"},
    [WARNING_VMSA_CPU1] = {"vmsa-cpu1-unused", "", " is not measured: there is one CPU"},
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
    bool has_firmware = request->firmware != NULL;
    switch (warning) {
    case WARNING_NO_HASH_AREA:
        return request->kernel != NULL && facts->footer->hash_table.size == 0;
    case WARNING_CPUS:
        return request->cpu_option != NULL && !facts->is_es;
    case WARNING_VMSA_CPU1:
        return request->vmsa_cpu1 != NULL && request->cpus == 1 && facts->is_es;
    case WARNING_NO_SECRET:
        return request->secret_header != NULL && request->secrets == 0;
    case WARNING_NO_SECRET_AREA:
        return request->secrets > 0 && has_firmware && facts->footer->secret.size == 0;
    case WARNING_SECRET_AREA_UNKNOWN:
        return request->secrets > 0 && !has_firmware;
    default:
        return false;
    }
}

static const char *warning_subject(enum warning warning, const struct request *request)
{
    switch (warning) {
    case WARNING_CPUS:
        return request->cpu_option;
    case WARNING_VMSA_CPU1:
        return option_forms[OPTION_VMSA_CPU1].name;
    case WARNING_NO_SECRET:
        return option_forms[OPTION_SECRET_HEADER].name;
    case WARNING_SECRET_AREA_UNKNOWN:
        return option_forms[OPTION_INJECT_SECRET].name;
    default:
        return request->firmware;
    }
}

void warnings_give(struct warnings *warnings, struct console *console, enum warning warning,
                   const char *subject)
{
    const struct warning_text *text = &warning_texts[warning];
    warnings->given[warning] = true;
    console_warn(console, text->before, subject, text->after);
}

void warnings_find(struct warnings *warnings, struct console *console,
                   const struct warning_facts *facts)
{
    for (int i = 0; i < WARNING_COUNT; i++) {
        enum warning warning = (enum warning)i;
        if (warning_applies(warning, facts))
            warnings_give(warnings, console, warning, warning_subject(warning, facts->request));
    }
}
