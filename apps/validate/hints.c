/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "hints.h"

#include <sevlaunch/guest/cpu_types.h>

#include "cli/text.h"
#include "cpus.h"

/* Where a mistake is most likely to be, and so what it means for trust. */
static const char typing[] = "most likely a mistake in what was given here";
static const char host[] = "the host must answer for it";
static const char either[] = "a mistake here, or a change that the host must answer for";

/* LAUNCH_START checks the policy against the session, which the host cannot make. */
static const char session[] =
    "a mistake here if its launch session was made so, else the host must answer for it";

#define MISTAKES (SEVL_MISTAKE_VMM + 1)

static const struct mistake_words {
    const char *name;      /* for programs */
    const char *ruled_out; /* "Ruled out: ..." */
    const char *matches;   /* "it matches ..."; NULL: "for --NAME " */
    const char *means;
    const char *trust;
} mistake_words[MISTAKES] = {
    [SEVL_MISTAKE_NONE] = {"none", "", "", "", ""},
    [SEVL_MISTAKE_KEYS_SWAPPED] =
        {"keys-swapped", "swapped keys", "with the TEK and the TIK swapped",
         "what was given as TEK is the TIK; a TK file holds the TEK first", typing},
    [SEVL_MISTAKE_POLICY] = {"policy", "a policy that differs in one or two bits", NULL,
                             "this guest was launched with another policy", session},
    [SEVL_MISTAKE_API_MAJOR] = {"api-major", "an API major version that is one off", NULL,
                                "the host runs another SEV firmware", either},
    [SEVL_MISTAKE_API_MINOR] = {"api-minor", "an API minor version that is up to 8 off", NULL,
                                "the host runs another SEV firmware", either},
    [SEVL_MISTAKE_BUILD] = {"build-id", "any other build", NULL,
                            "the host runs another build of the SEV firmware", either},
    [SEVL_MISTAKE_ES] = {"sev-es", "SEV taken for SEV-ES or the reverse", "for --policy ",
                         "SEV was taken for SEV-ES, or the reverse", session},
    [SEVL_MISTAKE_KERNEL_UNMEASURED] =
        {"kernel-unmeasured", "missing kernel hashes", "without --kernel",
         "the host launched this guest without measuring its kernel (kernelHashes='yes' is "
         "missing), so it may boot any kernel",
         host},
    [SEVL_MISTAKE_INITRD] = {"initrd", "no initrd", "without --initrd",
                             "the host launched no initrd", either},
    [SEVL_MISTAKE_CMDLINE] = {"cmdline", "another end of the command line",
                              "for a command line with ",
                              "what the host was given ends in another way", typing},
    [SEVL_MISTAKE_FIRMWARE_PADDED] = {"firmware-padded", "padded firmware",
                                      "for the firmware with zero bytes after it, ",
                                      "the host filled it up to a page", either},
    [SEVL_MISTAKE_CPUS] = {"num-cpus", "another number of CPUs", NULL,
                           "the host launched this guest with another number of CPUs", either},
    [SEVL_MISTAKE_CPU_SIGNATURE] = {"cpu-signature", "another EPYC model", NULL,
                                    "the host launched this guest as another CPU model", either},
    [SEVL_MISTAKE_FPU] = {"vmsa-fpu", "another FPU state", NULL,
                          "the host's QEMU starts SEV-ES guests the other way", typing},
    [SEVL_MISTAKE_SEV_FEATURES] = {"sev-features", "other likely SEV features", NULL,
                                   "the host's kernel enables other SEV features", either},
    [SEVL_MISTAKE_VMM] = {"vmm", "another VMM", NULL, "another VMM launched this guest", either},
};

const char *hints_name(enum sevl_mistake mistake)
{
    return mistake_words[mistake].name;
}

static const char *ending_text(uint32_t ending)
{
    static const char *const endings[] = {
        [SEVL_CMDLINE_NEWLINE_MORE] = "a newline at its end",
        [SEVL_CMDLINE_BLANK_MORE] = "a blank at its end",
        [SEVL_CMDLINE_NUL_MORE] = "a NUL more at its end",
        [SEVL_CMDLINE_NUL_LESS] = "no NUL at its end",
        [SEVL_CMDLINE_LAST_LESS] = "its last character left out",
    };
    return endings[ending];
}

/* A value as the option takes it, with what it stands for. */
struct phrase {
    size_t length;
    char text[160];
};

static void add_text(struct phrase *phrase, const char *text)
{
    for (; *text != '\0' && phrase->length + 1 < sizeof phrase->text; text++)
        phrase->text[phrase->length++] = *text;
    phrase->text[phrase->length] = '\0';
}

/* The bits of the policy that are set; its upper half is the minimum API version. */
static void add_policy(struct phrase *phrase, uint32_t policy)
{
    static const char *const names[] = {"NODBG", "NOKS", "ES", "NOSEND", "DOMAIN", "SEV"};
    const char *before = "";
    add_text(phrase, text_hexadecimal(policy).text);
    add_text(phrase, " (");
    for (size_t bit = 0; bit < sizeof names / sizeof *names; bit++) {
        if ((policy >> bit & 1) == 0)
            continue;
        add_text(phrase, before);
        add_text(phrase, names[bit]);
        before = ", ";
    }
    if (*before == '\0')
        add_text(phrase, "no protection");
    else if ((policy & (policy - 1)) == 0)
        add_text(phrase, " only");
    add_text(phrase, ")");
}

static void add_signature(struct phrase *phrase, uint32_t signature)
{
    add_text(phrase, text_hexadecimal(signature).text);
    for (size_t i = 0; i < SEVL_CPU_TYPES; i++)
        if (sevl_cpu_types[i].signature == signature) {
            add_text(phrase, " (");
            add_text(phrase, sevl_cpu_types[i].name);
            add_text(phrase, ")");
        }
}

static void add_value(struct phrase *phrase, const struct sevl_finding *finding)
{
    uint32_t value = finding->value;
    switch (finding->mistake) {
    case SEVL_MISTAKE_POLICY:
    case SEVL_MISTAKE_ES:
        add_policy(phrase, value);
        break;
    case SEVL_MISTAKE_CPU_SIGNATURE:
        add_signature(phrase, value);
        break;
    case SEVL_MISTAKE_SEV_FEATURES:
        add_text(phrase, text_hexadecimal(value).text);
        break;
    case SEVL_MISTAKE_CMDLINE:
        add_text(phrase, ending_text(value));
        break;
    case SEVL_MISTAKE_FPU:
        add_text(phrase, cpus_fpu_words[value]);
        break;
    case SEVL_MISTAKE_VMM:
        add_text(phrase, cpus_vmm_words[value]);
        break;
    case SEVL_MISTAKE_KEYS_SWAPPED:
    case SEVL_MISTAKE_KERNEL_UNMEASURED:
    case SEVL_MISTAKE_INITRD:
        break;
    default:
        add_text(phrase, text_decimal(value).text);
        break;
    }
}

static void add_finding_text(struct phrase *phrase, const struct sevl_finding *finding)
{
    const struct mistake_words *of = &mistake_words[finding->mistake];
    if (of->matches != NULL) {
        add_text(phrase, of->matches);
    } else {
        add_text(phrase, "for --");
        add_text(phrase, of->name);
        add_text(phrase, " ");
    }
    add_value(phrase, finding);
}

static void print_pair(const struct sevl_findings *findings)
{
    const struct mistake_words *first = &mistake_words[findings->finding[0].mistake];
    const struct mistake_words *second = &mistake_words[findings->finding[1].mistake];
    struct phrase phrase = {.length = 0};
    add_finding_text(&phrase, &findings->finding[0]);
    add_text(&phrase, " and ");
    add_finding_text(&phrase, &findings->finding[1]);
    (void)!cli_line(PORT_ERR, "HINT: it matches ", phrase.text, ": ", first->means, " (",
                    first->trust, "), and ", second->means, " (", second->trust, ")");
}

static void print_one(const struct sevl_finding *finding)
{
    struct phrase phrase = {.length = 0};
    add_finding_text(&phrase, finding);
    (void)!cli_line(PORT_ERR, "HINT: it matches ", phrase.text, ": ",
                    mistake_words[finding->mistake].means, " (",
                    mistake_words[finding->mistake].trust, ")");
}

static void print_ruled_out(uint32_t tried)
{
    const char *parts[2 + 2 * MISTAKES] = {"HINT: no likely mistake explains it. Ruled out"};
    const char *before = ": ";
    size_t used = 1;
    for (size_t mistake = 0; mistake < MISTAKES; mistake++) {
        if ((tried >> mistake & 1) == 0)
            continue;
        parts[used++] = before;
        parts[used++] = mistake_words[mistake].ruled_out;
        before = ", ";
    }
    (void)!cli_line_of(PORT_ERR, parts);
}

void hints_print(const struct cli_console *console, const struct sevl_findings *findings)
{
    if (console->quiet)
        return;
    if (findings->count == 0)
        print_ruled_out(findings->tried);
    else if (findings->count == 1)
        print_one(&findings->finding[0]);
    else
        print_pair(findings);
}
