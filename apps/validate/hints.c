/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "hints.h"

#include "cli/text.h"
#include "cpus.h"
#include "guest/phrase.h"
#include "ruled_out.h"

/* Where a mistake is most likely to be, and so what it means for trust. */
static const char typing[] = "most likely a mistake in what was given here";
static const char host[] = "the host must answer for it";
static const char either[] = "a mistake here, or a change that the host must answer for";

/* LAUNCH_START checks the policy against the session, which the host cannot make. */
static const char session[] =
    "a mistake here if its launch session was made so, else the host must answer for it";

static const char firmware[] = "the host runs another SEV firmware";

#define MISTAKES (SEVL_MISTAKE_VMM + 1)

static const struct mistake_words {
    const char *name;    /* for programs */
    const char *matches; /* "it matches ..."; NULL: "for --NAME " */
    const char *means;
    const char *trust;
} mistake_words[MISTAKES] = {
    [SEVL_MISTAKE_NONE] = {"none", "", "", ""},
    [SEVL_MISTAKE_KEYS_SWAPPED] =
        {"keys-swapped", "with the TEK and the TIK swapped",
         "what was given as TEK is the TIK; a TK file holds the TEK first", typing},
    [SEVL_MISTAKE_POLICY] = {"policy", NULL, "this guest was launched with another policy",
                             session},
    [SEVL_MISTAKE_POLICY_BASE] = {"policy-base", "for --policy ",
                                  "hexadecimal was read as decimal, or the reverse", typing},
    [SEVL_MISTAKE_API_MAJOR] = {"api-major", NULL, firmware, either},
    [SEVL_MISTAKE_API_MINOR] = {"api-minor", NULL, firmware, either},
    [SEVL_MISTAKE_BUILD] = {"build-id", NULL, "the host runs another build of the SEV firmware",
                            either},
    [SEVL_MISTAKE_ES] = {"sev-es", "for --policy ", "SEV was taken for SEV-ES, or the reverse",
                         session},
    [SEVL_MISTAKE_KERNEL_UNMEASURED] =
        {"kernel-unmeasured", "without --kernel",
         "the host launched this guest without measuring its kernel (kernelHashes='yes' is "
         "missing), so it may boot any kernel",
         host},
    [SEVL_MISTAKE_KERNEL_EXCHANGED] = {"kernel-exchanged", "with --kernel and --initrd exchanged",
                                       "each was given for the other", typing},
    [SEVL_MISTAKE_INITRD] = {"initrd", "without --initrd", "the host launched no initrd", either},
    [SEVL_MISTAKE_CMDLINE] = {"cmdline", "for a command line with ",
                              "what the host was given ends in another way", typing},
    [SEVL_MISTAKE_CMDLINE_ABSENT] = {"cmdline-absent", "without --cmdline",
                                     "the host launched no command line", either},
    [SEVL_MISTAKE_FIRMWARE_PADDED] = {"firmware-padded",
                                      "for the firmware with zero bytes after it, ",
                                      "the host filled it up to a page", either},
    [SEVL_MISTAKE_VARIABLE_STORE] = {"variable-store",
                                     "for the firmware without the variables that it begins with, ",
                                     "the host was given the code alone, as OVMF_CODE.fd is",
                                     typing},
    [SEVL_MISTAKE_CPUS] = {"num-cpus", NULL,
                           "the host launched this guest with another number of CPUs", either},
    [SEVL_MISTAKE_CPU_SIGNATURE] =
        {"cpu-signature", NULL,
         "the host launched this guest as another CPU, or passed its own through", either},
    [SEVL_MISTAKE_FPU] = {"vmsa-fpu", NULL, "the host's QEMU starts SEV-ES guests the other way",
                          typing},
    [SEVL_MISTAKE_SEV_FEATURES] = {"sev-features", NULL,
                                   "the host's kernel enables other SEV features", either},
    [SEVL_MISTAKE_VMM] = {"vmm", NULL, "another VMM launched this guest", either},
};

const char *hints_name(enum sevl_mistake mistake)
{
    return mistake_words[mistake].name;
}

/* The bits of the policy that are set; its upper half is the minimum API version. */
static void add_policy(struct phrase *phrase, uint32_t policy)
{
    static const char *const names[] = {"NODBG", "NOKS", "ES", "NOSEND", "DOMAIN", "SEV"};
    const char *before = "";
    phrase_add(phrase, text_hexadecimal(policy).text);
    phrase_add(phrase, " (");
    for (size_t bit = 0; bit < sizeof names / sizeof *names; bit++) {
        if ((policy >> bit & 1) == 0)
            continue;
        phrase_add(phrase, before);
        phrase_add(phrase, names[bit]);
        before = ", ";
    }
    if (*before == '\0')
        phrase_add(phrase, "no protection");
    else if ((policy & (policy - 1)) == 0)
        phrase_add(phrase, " only");
    phrase_add(phrase, ")");
}

static void add_value(struct phrase *phrase, const struct sevl_finding *finding)
{
    uint32_t value = finding->value;
    switch (finding->mistake) {
    case SEVL_MISTAKE_POLICY:
    case SEVL_MISTAKE_POLICY_BASE:
    case SEVL_MISTAKE_ES:
        add_policy(phrase, value);
        break;
    case SEVL_MISTAKE_CPU_SIGNATURE:
        phrase_add_signature(phrase, value);
        break;
    case SEVL_MISTAKE_SEV_FEATURES:
        phrase_add(phrase, text_hexadecimal(value).text);
        break;
    case SEVL_MISTAKE_CMDLINE:
        phrase_add_cmdline(phrase, value);
        break;
    case SEVL_MISTAKE_VARIABLE_STORE:
        phrase_add(phrase, text_decimal(value).text);
        phrase_add(phrase, " bytes");
        break;
    case SEVL_MISTAKE_FPU:
        phrase_add(phrase, cpus_fpu_words[value]);
        break;
    case SEVL_MISTAKE_VMM:
        phrase_add(phrase, cpus_vmm_words[value]);
        break;
    case SEVL_MISTAKE_KEYS_SWAPPED:
    case SEVL_MISTAKE_KERNEL_UNMEASURED:
    case SEVL_MISTAKE_KERNEL_EXCHANGED:
    case SEVL_MISTAKE_INITRD:
    case SEVL_MISTAKE_CMDLINE_ABSENT:
        break;
    default:
        phrase_add(phrase, text_decimal(value).text);
        break;
    }
}

static void add_finding_text(struct phrase *phrase, const struct sevl_finding *finding)
{
    const struct mistake_words *of = &mistake_words[finding->mistake];
    if (of->matches != NULL) {
        phrase_add(phrase, of->matches);
    } else {
        phrase_add(phrase, "for --");
        phrase_add(phrase, of->name);
        phrase_add(phrase, " ");
    }
    add_value(phrase, finding);
}

/* Whether what the finding means is said of one before it. */
static bool is_said(const struct sevl_findings *findings, uint32_t i)
{
    const char *means = mistake_words[findings->finding[i].mistake].means;
    if (means == firmware && findings->finding[0].mistake == SEVL_MISTAKE_POLICY_BASE)
        return true;
    return i > 0 && means == mistake_words[findings->finding[i - 1].mistake].means;
}

/* Each finding, and what it means: "A (who), and B (who)". */
static void print_found(const struct sevl_findings *findings)
{
    struct phrase matches = {.length = 0};
    const char *parts[3 + 5 * SEVL_FINDINGS_MAX + 1] = {"HINT: it matches ", matches.text};
    size_t used = 2;
    for (uint32_t i = 0; i < findings->count; i++) {
        const struct mistake_words *of = &mistake_words[findings->finding[i].mistake];
        phrase_add(&matches, i == 0 ? "" : " and ");
        add_finding_text(&matches, &findings->finding[i]);
        if (is_said(findings, i))
            continue;
        parts[used++] = i == 0 ? ": " : ", and ";
        parts[used++] = of->means;
        parts[used++] = " (";
        parts[used++] = of->trust;
        parts[used++] = ")";
    }
    (void)!cli_line_of(PORT_ERR, parts);
}

void hints_print(const struct cli_console *console, const struct sevl_reference_values *reference,
                 const struct sevl_findings *findings)
{
    if (console->quiet)
        return;
    if (findings->count == 0)
        ruled_out_print(reference, findings);
    else
        print_found(findings);
}
