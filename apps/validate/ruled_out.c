/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "ruled_out.h"

#include "cli/console.h"

#define WITH_OTHERS                                                                               \
    " together with one of these (but an API version, a second bit of the policy or a number of " \
    "CPUs)"

static const char cmdlines[] =
    "no command line, or one without its quotation marks, with fewer blanks, line ends or NULs at "
    "its end, or with a newline, CR LF, a NUL or up to 16 blanks there";

/* Each names exactly what enum sevl_tried does. */
static const char *const groups[] = {
    [SEVL_TRIED_KEYS_SWAPPED] = "swapped keys",
    [SEVL_TRIED_BUILD] = "any other build",
    [SEVL_TRIED_POLICY_BASE] = "a policy whose hexadecimal was read as decimal or the reverse",
    [SEVL_TRIED_POLICY] = "a policy that differs in one or two bits other than ES",
    [SEVL_TRIED_API_VERSION] = "any other API version up to 1.255",
    [SEVL_TRIED_KERNEL_UNMEASURED] = "missing kernel hashes",
    [SEVL_TRIED_KERNEL_EXCHANGED] = "kernel and initrd exchanged",
    [SEVL_TRIED_INITRD] = "no initrd",
    [SEVL_TRIED_CMDLINE] = cmdlines,
    [SEVL_TRIED_FIRMWARE_PADDED] = "firmware padded to a page",
    [SEVL_TRIED_VARIABLE_STORE] = "firmware without its first 128 or 528 KiB",
    [SEVL_TRIED_ES] = "SEV taken for SEV-ES or the reverse",
    [SEVL_TRIED_VMM] = "each other --vmm but krun",
    [SEVL_TRIED_SEV_FEATURES] = "SEV features of 0, 0x1, 0x20 or 0x21",
    [SEVL_TRIED_FPU] = "the other FPU state",
    [SEVL_TRIED_CPU_SIGNATURE] = "each CPU signature that the man page lists",
    [SEVL_TRIED_CPUS] = "any other number of CPUs",
    [SEVL_TRIED_WITH_OTHERS] = "another build or swapped keys" WITH_OTHERS,
    [SEVL_TRIED_CPU_PAIRS] = "two of such a signature, the other FPU state and up to 256 CPUs",
    [SEVL_TRIED_VERSIONS] = "any such API version with any build",
};
#define GROUPS (sizeof groups / sizeof *groups)

/* A line, as its parts. */
struct line {
    size_t count;
    const char *parts[8 + 2 * GROUPS];
};

static void add_part(struct line *line, const char *part)
{
    line->parts[line->count++] = part;
}

/* Keys were not swapped where the TEK is not known. */
static const char *group_text(size_t group, uint32_t bits)
{
    if (group == SEVL_TRIED_WITH_OTHERS && (bits >> SEVL_TRIED_KEYS_SWAPPED & 1) == 0)
        return "another build" WITH_OTHERS;
    return groups[group];
}

static void add_groups(struct line *line, const char *introduction, uint32_t bits, uint32_t all)
{
    const char *before = introduction;
    for (size_t i = 0; i < GROUPS; i++) {
        if ((bits >> i & 1) == 0)
            continue;
        add_part(line, before);
        add_part(line, group_text(i, all));
        before = ", ";
    }
}

/* What no diagnosis can try. */
static void add_rest(struct line *line, const struct sevl_reference_values *reference,
                     bool is_es_tried)
{
    add_part(line, ". What is left: ");
    add_part(line, reference->has_firmware
                       ? "another firmware file (one with its variables before the code, or the "
                         "variables alone)"
                       : "another launch digest");
    if (!is_es_tried)
        add_part(line, ", SEV-ES (give --num-cpus and the CPU to have it tried)");
    add_part(line, ", keys of another session, a measurement of an earlier start");
    if (reference->has_firmware && reference->guest.has_kernel)
        add_part(line, ", another kernel, or QEMU 7.2.0, which hashed 48 bytes of its own "
                       "after the kernel");
}

void ruled_out_print(const struct sevl_reference_values *reference,
                     const struct sevl_findings *findings)
{
    struct line line = {.count = 0};
    uint32_t all = findings->tried | findings->skipped;
    uint32_t es = UINT32_C(1) << SEVL_TRIED_ES;
    add_part(&line, findings->skipped == 0 ? "HINT: no likely mistake explains it"
                                           : "HINT: no mistake that was tried explains it");
    add_groups(&line, ". Ruled out: ", findings->tried, all);
    add_groups(&line, ". Not tried, as it takes too long on this machine: ", findings->skipped,
               all);
    add_rest(&line, reference, (all & es) != 0);
    (void)!cli_line_of(PORT_ERR, line.parts);
}
