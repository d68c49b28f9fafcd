/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "verify_diagnosis.h"

#include "snp_json.h"
#include "snp_verdict_json.h"

void verify_diagnose(struct verify_diagnosis *diagnosis, const struct verify_guest *guest,
                     const struct sevl_snp_report *report, enum sevl_snp_check_state state)
{
    *diagnosis = (struct verify_diagnosis){.guest = guest,
                                           .is_genuine = report->verdict == SEVL_MATCH,
                                           .is_wanted = state == SEVL_SNP_FAILED};
    if (!diagnosis->is_wanted || !guest->is_given)
        return;
    snp_expected_of_report(&diagnosis->expected, report);
    snp_diagnose(&diagnosis->found, &guest->chosen, &diagnosis->expected);
}

static void print_hint(const struct cli_console *console, const char *text)
{
    if (!console->quiet)
        (void)!cli_line(PORT_ERR, "HINT: ", text);
}

void verify_diagnosis_print(const struct verify_diagnosis *diagnosis,
                            const struct cli_console *console)
{
    if (diagnosis->found.is_made)
        snp_diagnosis_print(&diagnosis->found, console);
    else if (diagnosis->is_wanted && !diagnosis->guest->is_given)
        print_hint(console, "give the guest's own files, by --firmware, --num-cpus and the options "
                            "that 'snp-digest' takes, to have the mistake looked for");
    else if (!diagnosis->is_genuine && diagnosis->guest->is_given)
        print_hint(console, "its measurement is not explained: the report is not shown to be "
                            "genuine, so anybody may have written it");
}

void verify_diagnosis_describe(struct phrase *phrase, const struct verify_diagnosis *diagnosis)
{
    const struct verify_guest *guest = diagnosis->guest;
    if (guest->is_given && !guest->match.is_found)
        phrase_add(phrase,
                   ", by --measurement or --reference: the guest's files give another value");
    if (!guest->match.is_found)
        return;
    phrase_add(phrase, ", with ");
    snp_value_describe(phrase, &guest->match.value);
}

void verify_diagnosis_put(struct cli_json *json, const struct verify_diagnosis *diagnosis)
{
    const struct verify_guest *guest = diagnosis->guest;
    const struct snp_guest *chosen = &guest->chosen;
    bool is_of_guest = diagnosis->is_genuine && guest->match.is_found;
    if (!guest->is_given) {
        cli_json_member(json, "guest", "null");
        return;
    }
    cli_json_line(json, "  \"guest\": {");
    snp_json_put_inputs(json, &chosen->request, &chosen->firmware, &chosen->kernel);
    snp_verdict_json_put_value(json, is_of_guest ? &guest->match.value : NULL);
    snp_verdict_json_put_hints(json, snp_diagnosis_findings(&diagnosis->found));
    cli_json_line(json, "  },");
}
