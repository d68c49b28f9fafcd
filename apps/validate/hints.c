/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "hints.h"

#include "text.h"

/* Where a mistake is most likely to be, and so what it means for trust. */
static const char typing[] = "most likely a mistake in what was given here";
static const char host[] = "the host must answer for it";
static const char either[] = "a mistake here, or a change that the host must answer for";

/* LAUNCH_START checks the policy against the session, which the host cannot make. */
static const char session[] =
    "a mistake here if its launch session was made so, else the host must answer for it";

struct words {
    const char *name;    /* for programs */
    const char *matches; /* "it matches ..." */
    const char *means;
    const char *trust;
};

static const struct words words[] = {
    [SEVL_MISTAKE_NONE] = {"none", "", "", ""},
    [SEVL_MISTAKE_KEYS_SWAPPED] =
        {"keys-swapped", "with the TEK and the TIK swapped",
         "what was given as TEK is the TIK; a TK file holds the TEK first", typing},
    [SEVL_MISTAKE_POLICY] = {"policy", "for --policy ",
                             "the host launched this guest with a policy you did not ask for",
                             session},
    [SEVL_MISTAKE_API_MAJOR] = {"api-major", "for --api-major ",
                                "the host runs another SEV firmware", either},
    [SEVL_MISTAKE_API_MINOR] = {"api-minor", "for --api-minor ",
                                "the host runs another SEV firmware", either},
    [SEVL_MISTAKE_BUILD] = {"build-id", "for --build-id ",
                            "the host runs another build of the SEV firmware", either},
    [SEVL_MISTAKE_ES] = {"sev-es", "for --policy ", "SEV was taken for SEV-ES, or the reverse",
                         host},
    [SEVL_MISTAKE_KERNEL_UNMEASURED] =
        {"kernel-unmeasured", "without --kernel",
         "the host launched this guest without measuring its kernel (kernelHashes='yes' is "
         "missing), so it may boot any kernel",
         host},
    [SEVL_MISTAKE_INITRD] = {"initrd", "without --initrd", "the host launched no initrd", either},
    [SEVL_MISTAKE_CMDLINE] = {"cmdline", "for a command line with ",
                              "what the host was given ends in another way", typing},
    [SEVL_MISTAKE_FIRMWARE_PADDED] = {"firmware-padded",
                                      "for the firmware with zero bytes behind it, ",
                                      "the host filled it up to a page", either},
    [SEVL_MISTAKE_CPUS] = {"num-cpus", "for --num-cpus ",
                           "the host launched this guest with another number of CPUs", either},
    [SEVL_MISTAKE_CPU_SIGNATURE] = {"cpu-signature", "for --cpu-signature ",
                                    "the host launched this guest as another CPU model", either},
    [SEVL_MISTAKE_FPU] = {"vmsa-fpu", "for --vmsa-fpu ",
                          "the host's QEMU starts SEV-ES guests the other way", typing},
    [SEVL_MISTAKE_SEV_FEATURES] = {"sev-features", "for --sev-features ",
                                   "the host's kernel enables other SEV features", either},
    [SEVL_MISTAKE_VMM] = {"vmm", "for --vmm ", "another VMM launched this guest", either},
};

const char *hints_name(enum sevl_mistake mistake)
{
    return words[mistake].name;
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

static void add(struct phrase *phrase, const char *text)
{
    for (; *text != '\0' && phrase->length + 1 < sizeof phrase->text; text++)
        phrase->text[phrase->length++] = *text;
    phrase->text[phrase->length] = '\0';
}

/* The bits of the policy that are set; its upper half is the least API version. */
static void add_policy(struct phrase *phrase, uint32_t policy)
{
    static const char *const names[] = {"NODBG", "NOKS", "ES", "NOSEND", "DOMAIN", "SEV"};
    const char *before = "";
    add(phrase, hexadecimal(policy).text);
    add(phrase, " (");
    for (size_t bit = 0; bit < sizeof names / sizeof *names; bit++) {
        if ((policy >> bit & 1) == 0)
            continue;
        add(phrase, before);
        add(phrase, names[bit]);
        before = ", ";
    }
    bool has_one = (policy & (policy - 1)) == 0;
    add(phrase, *before == '\0' ? "no protection" : has_one ? " only" : "");
    add(phrase, ")");
}

static void add_signature(struct phrase *phrase, uint32_t signature)
{
    add(phrase, hexadecimal(signature).text);
    for (size_t i = 0; i < SEVL_CPU_TYPES; i++)
        if (sevl_cpu_types[i].signature == signature) {
            add(phrase, " (");
            add(phrase, sevl_cpu_types[i].name);
            add(phrase, ")");
        }
}

static void add_value(struct phrase *phrase, const struct sevl_finding *finding)
{
    static const char *const vmms[] = {"qemu", "ec2", "gce"};
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
        add(phrase, hexadecimal(value).text);
        break;
    case SEVL_MISTAKE_CMDLINE:
        add(phrase, ending_text(value));
        break;
    case SEVL_MISTAKE_FPU:
        add(phrase, value == SEVL_FPU_INIT2 ? "init2" : "legacy");
        break;
    case SEVL_MISTAKE_VMM:
        add(phrase, vmms[value]);
        break;
    case SEVL_MISTAKE_KEYS_SWAPPED:
    case SEVL_MISTAKE_KERNEL_UNMEASURED:
    case SEVL_MISTAKE_INITRD:
        break;
    default:
        add(phrase, decimal(value).text);
        break;
    }
}

static void add_finding(struct phrase *phrase, const struct sevl_finding *finding)
{
    add(phrase, words[finding->mistake].matches);
    add_value(phrase, finding);
}

static void print_pair(const struct sevl_findings *findings)
{
    const struct words *first = &words[findings->finding[0].mistake];
    const struct words *second = &words[findings->finding[1].mistake];
    struct phrase phrase = {.length = 0};
    add_finding(&phrase, &findings->finding[0]);
    add(&phrase, " and ");
    add_finding(&phrase, &findings->finding[1]);
    (void)!console_line(PORT_ERR, "HINT: it matches ", phrase.text, ": ", first->means, " (",
                        first->trust, "), and ", second->means, " (", second->trust, ")");
}

static void print_one(const struct sevl_finding *finding)
{
    struct phrase phrase = {.length = 0};
    add_finding(&phrase, finding);
    (void)!console_line(PORT_ERR, "HINT: it matches ", phrase.text, ": ",
                        words[finding->mistake].means, " (", words[finding->mistake].trust, ")");
}

/* What the diagnosis tried, by what there was to try it on. */
static void print_ruled_out(const struct sevl_evidence *evidence)
{
    const struct sevl_guest *guest = &evidence->guest;
    bool has_firmware = evidence->has_firmware;
    bool has_cpus = has_firmware && guest->cpus > 0;
    bool is_es = (evidence->launch.policy & SEVL_POLICY_ES) != 0;
    (void)!console_line(
        PORT_ERR, "HINT: no likely mistake explains it. Ruled out: swapped keys, a policy that ",
        "differs in two bits, a neighbouring API version, any other build",
        has_firmware ? ", padded firmware" : "",
        has_firmware && guest->has_kernel
            ? ", missing kernel hashes, no initrd, another end of the command line"
            : "",
        has_cpus ? ", SEV taken for SEV-ES or the reverse" : "",
        has_cpus && is_es ? ", another number of CPUs" : "",
        has_cpus && is_es && guest->vmsa_cpu0 == NULL
            ? ", another CPU model, FPU state, SEV features or VMM"
            : "");
}

void hints_print(const struct console *console, const struct sevl_evidence *evidence,
                 const struct sevl_findings *findings)
{
    if (console->quiet)
        return;
    if (findings->count == 0)
        print_ruled_out(evidence);
    else if (findings->count == 1)
        print_one(&findings->finding[0]);
    else
        print_pair(findings);
}
