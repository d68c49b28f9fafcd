/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "snp_hints.h"

#include "cli/text.h"
#include "cpu_lists.h"
#include "guest/phrase.h"
#include "snp_request.h"
#include "snp_ruled_out.h"

/* Where a mistake is most likely to be, and so what it means for trust. */
static const char typing[] = "most likely a mistake in what was given here";
static const char host[] = "the host must answer for it";
static const char either[] = "a mistake here, or a change that the host must answer for";

#define MISTAKES (SEVL_SNP_MISTAKE_CPUS + 1)

static const struct snp_mistake_words {
    const char *name;    /* for programs */
    const char *matches; /* "it matches ..."; NULL: "for --NAME " */
    const char *means;
    const char *trust;
} mistake_words[MISTAKES] = {
    [SEVL_SNP_MISTAKE_NONE] = {"none", "", "", ""},
    [SEVL_SNP_MISTAKE_KERNEL_UNMEASURED] =
        {"kernel-unmeasured", "without --kernel",
         "the host launched this guest without measuring its kernel (kernel-hashes=on is "
         "missing), so it may boot any kernel",
         host},
    [SEVL_SNP_MISTAKE_KERNEL_EXCHANGED] = {"kernel-exchanged",
                                           "with --kernel and --initrd exchanged",
                                           "each was given for the other", typing},
    [SEVL_SNP_MISTAKE_INITRD] = {"initrd", "without --initrd", "the host launched no initrd",
                                 either},
    [SEVL_SNP_MISTAKE_CMDLINE] = {"cmdline", "for a command line with ",
                                  "what the host was given ends in another way", typing},
    [SEVL_SNP_MISTAKE_CMDLINE_ABSENT] = {"cmdline-absent", "without --cmdline",
                                         "the host launched no command line", either},
    [SEVL_SNP_MISTAKE_HASHES_FIRST] = {"kernel-hashes-first",
                                       "with the kernel hashes before all sections",
                                       "the host's QEMU is of before March 2023", either},
    [SEVL_SNP_MISTAKE_SVSM_CAA] = {"svsm-caa", "without the section for an SVSM, type 4",
                                   "the host's VMM does not know this section", either},
    [SEVL_SNP_MISTAKE_VARIABLE_STORE] =
        {"variable-store", "for the firmware without the variables that it begins with, ",
         "the host was given the code alone, as OVMF_CODE.fd is", typing},
    [SEVL_SNP_MISTAKE_FILL] = {"firmware-fill", "for the firmware without what fills its start, ",
                               "the host was given the image alone", typing},
    [SEVL_SNP_MISTAKE_ZERO_FILL] = {"firmware-zero-filled",
                                    "for the firmware with zeros before it, ",
                                    "the host filled it up to a usual size", either},
    [SEVL_SNP_MISTAKE_ERASED_FILL] = {"firmware-erased-filled",
                                      "for the firmware with bytes of 0xff before it, ",
                                      "the host filled it up to a usual size", either},
    [SEVL_SNP_MISTAKE_VMM] = {"vmm", NULL, "another VMM launched this guest", either},
    [SEVL_SNP_MISTAKE_SEV_FEATURES] = {"sev-features", NULL,
                                       "the host's kernel or VMM enables other SEV features",
                                       either},
    [SEVL_SNP_MISTAKE_FPU] = {"vmsa-fpu", NULL, "the host's kernel starts CPUs the other way",
                              typing},
    [SEVL_SNP_MISTAKE_CPU_SIGNATURE] =
        {"cpu-signature", NULL,
         "the host launched this guest as another CPU, or passed its own through", either},
    [SEVL_SNP_MISTAKE_CPUS] = {"num-cpus", NULL,
                               "the host launched this guest with another number of CPUs", either},
};

const char *snp_hints_name(enum sevl_snp_mistake mistake)
{
    return mistake_words[mistake].name;
}

static void add_bytes(struct phrase *phrase, uint32_t bytes)
{
    phrase_add(phrase, text_decimal(bytes).text);
    phrase_add(phrase, " bytes");
}

static void add_value(struct phrase *phrase, const struct sevl_snp_finding *finding)
{
    uint32_t value = finding->value;
    switch (finding->mistake) {
    case SEVL_SNP_MISTAKE_CMDLINE:
        phrase_add_cmdline(phrase, value);
        break;
    case SEVL_SNP_MISTAKE_VARIABLE_STORE:
    case SEVL_SNP_MISTAKE_FILL:
    case SEVL_SNP_MISTAKE_ZERO_FILL:
    case SEVL_SNP_MISTAKE_ERASED_FILL:
        add_bytes(phrase, value);
        break;
    case SEVL_SNP_MISTAKE_VMM:
        phrase_add(phrase, snp_vmm_words[value]);
        break;
    case SEVL_SNP_MISTAKE_SEV_FEATURES:
        phrase_add(phrase, text_hexadecimal(value).text);
        break;
    case SEVL_SNP_MISTAKE_FPU:
        phrase_add(phrase, cpu_lists_fpu_words[value]);
        break;
    case SEVL_SNP_MISTAKE_CPU_SIGNATURE:
        phrase_add_signature(phrase, value);
        break;
    case SEVL_SNP_MISTAKE_CPUS:
        phrase_add(phrase, text_decimal(value).text);
        break;
    default: /* these have no value */
        break;
    }
}

static void add_finding_text(struct phrase *phrase, const struct sevl_snp_finding *finding)
{
    const struct snp_mistake_words *of = &mistake_words[finding->mistake];
    if (of->matches != NULL) {
        phrase_add(phrase, of->matches);
    } else {
        phrase_add(phrase, "for --");
        phrase_add(phrase, of->name);
        phrase_add(phrase, " ");
    }
    add_value(phrase, finding);
}

/* Each finding, and what it means: "A and B: it (who), and it (who)". */
static void print_found(const struct sevl_snp_findings *findings)
{
    struct phrase phrases[SEVL_SNP_FINDINGS_MAX] = {{.length = 0}};
    const char *parts[1 + 6 * SEVL_SNP_FINDINGS_MAX + 1] = {"HINT: it matches "};
    size_t used = 1;
    for (uint32_t i = 0; i < findings->count; i++) {
        add_finding_text(&phrases[i], &findings->finding[i]);
        parts[used++] = i == 0 ? "" : " and ";
        parts[used++] = phrases[i].text;
    }
    for (uint32_t i = 0; i < findings->count; i++) {
        const struct snp_mistake_words *of = &mistake_words[findings->finding[i].mistake];
        parts[used++] = i == 0 ? ": " : "), and ";
        parts[used++] = of->means;
        parts[used++] = " (";
        parts[used++] = of->trust;
    }
    parts[used] = ")";
    (void)!cli_line_of(PORT_ERR, parts);
}

/* What the processor of the report excludes, or does not. */
static void add_processor(struct phrase *phrase, const struct snp_expected *expected)
{
    if (!expected->report.has_cpuid) {
        phrase_add(phrase, "HINT: the report does not tell its processor");
        return;
    }
    phrase_add(phrase, "HINT: the report is of a processor with --cpu-signature ");
    phrase_add_signature(phrase, expected->reported.signature);
    phrase_add(phrase, ", so its host passes no other one through");
}

/* A guest below VMPL 0 is not alone; one at VMPL 0 may ask for a report of a lower one. */
static void add_vmpl(struct phrase *phrase, uint32_t vmpl)
{
    if (vmpl == SEVL_SNP_VMPL_HOST) {
        phrase_add(phrase, "; the host asked for it, and not the guest");
        return;
    }
    phrase_add(phrase, "; it is for VMPL ");
    phrase_add(phrase, text_decimal(vmpl).text);
    if (vmpl > 0)
        phrase_add(phrase, ": if an SVSM or a paravisor runs at VMPL 0, it is measured, too");
}

/* Its policy is no part of a launch digest, but what it allows matters more than one. */
static void add_policy(struct phrase *phrase, uint64_t policy)
{
    phrase_add(phrase, "; its policy, ");
    phrase_add(phrase, text_hexadecimal(policy).text);
    phrase_add(phrase, ", is no part of the digest");
    if ((policy & SEVL_SNP_POLICY_DEBUG) != 0)
        phrase_add(phrase, ", and lets the host read and change the guest");
}

static void print_report(const struct snp_expected *expected)
{
    struct phrase processor = {.length = 0};
    struct phrase vmpl = {.length = 0};
    struct phrase policy = {.length = 0};
    add_processor(&processor, expected);
    add_vmpl(&vmpl, expected->report.vmpl);
    add_policy(&policy, expected->report.policy);
    (void)!cli_line(PORT_ERR, processor.text, vmpl.text, policy.text);
}

void snp_hints_print(const struct cli_console *console,
                     const struct sevl_snp_reference_values *reference,
                     const struct snp_expected *expected, const struct sevl_snp_findings *findings)
{
    if (console->quiet)
        return;
    if (findings->count == 0)
        snp_ruled_out_print(reference, &expected->reported, findings);
    else
        print_found(findings);
    if (expected->is_report)
        print_report(expected);
}
