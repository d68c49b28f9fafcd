/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "snp_ruled_out.h"

#include "cli/console.h"

/* Each names exactly what enum sevl_snp_tried does. */
static const char *const groups[] = {
    [SEVL_SNP_TRIED_SEV_FEATURES] = "SEV features of 0x1, 0x21, 0x201 or 0x221",
    [SEVL_SNP_TRIED_FPU] = "the other FPU state, with such features, too",
    [SEVL_SNP_TRIED_CPU_SIGNATURE] = "each CPU signature that the man page lists",
    [SEVL_SNP_TRIED_CPUS] = "any other number of CPUs",
    [SEVL_SNP_TRIED_KERNEL_UNMEASURED] = "missing kernel hashes",
    [SEVL_SNP_TRIED_KERNEL_EXCHANGED] = "kernel and initrd exchanged",
    [SEVL_SNP_TRIED_INITRD] = "no initrd",
    [SEVL_SNP_TRIED_HASHES_FIRST] = "kernel hashes before all sections",
    [SEVL_SNP_TRIED_SVSM_CAA] = "no section for an SVSM",
    [SEVL_SNP_TRIED_VARIABLE_STORE] = "firmware without its first 128 or 528 KiB",
    [SEVL_SNP_TRIED_FILL] = "firmware without what fills its start",
    [SEVL_SNP_TRIED_FILLED] = "firmware with 0x00 or 0xff before it up to 64 KiB or a power of two",
    [SEVL_SNP_TRIED_CMDLINE] =
        "no command line, or one without its quotation marks, with fewer blanks, line ends or NULs "
        "at its end, or with a newline, CR LF, a NUL or up to 16 blanks there",
    [SEVL_SNP_TRIED_VMM] = "each other --vmm, with and without kernel hashes, in any of these "
                           "states of a CPU",
    [SEVL_SNP_TRIED_WITH_STATE] = "FPU state and SEV features together with what is tried of "
                                  "firmware, kernel, initrd and command line",
    [SEVL_SNP_TRIED_CPU_COMBINATIONS] = "signature, FPU state, SEV features and up to 256 CPUs, "
                                        "any of them together",
};
#define GROUPS (sizeof groups / sizeof *groups)

/* A line, as its parts. */
struct line {
    size_t count;
    const char *parts[10 + 2 * GROUPS];
};

static void add_part(struct line *line, const char *part)
{
    line->parts[line->count++] = part;
}

/* A report tells what a host can pass through; of a hash no other text can be made. */
static const char *group_text(size_t group, const struct sevl_snp_reference_values *reference,
                              const struct sevl_snp_reported *reported)
{
    if (group == SEVL_SNP_TRIED_CPU_SIGNATURE && reference->guest.cpu.vmm != SEVL_VMM_QEMU)
        return "a CPU signature of 0 or 0x600";
    if (group == SEVL_SNP_TRIED_CPU_SIGNATURE && reported->signature != 0)
        return "each CPU model of QEMU, and the report's own processor";
    if (group == SEVL_SNP_TRIED_CMDLINE && reference->cmdline.head.state != SEVL_SHA256_OPEN)
        return "no command line";
    return groups[group];
}

static void add_groups(struct line *line, const char *introduction, uint32_t bits,
                       const struct sevl_snp_reference_values *reference,
                       const struct sevl_snp_reported *reported)
{
    const char *before = introduction;
    for (size_t i = 0; i < GROUPS; i++) {
        if ((bits >> i & 1) == 0)
            continue;
        add_part(line, before);
        add_part(line, group_text(i, reference, reported));
        before = ", ";
    }
}

/* What no diagnosis can try. */
static void add_rest(struct line *line, const struct sevl_snp_reference_values *reference)
{
    add_part(line, ". What is left: another firmware file (another build, or one with its "
                   "variables before the code)");
    add_part(line, reference->guest.has_kernel
                       ? ", another kernel, initrd or command line"
                       : ", a kernel whose hashes are measured (give --kernel to have it tried)");
    add_part(line, ", a launch with an IGVM file or an SVSM, several of these mistakes at once");
}

void snp_ruled_out_print(const struct sevl_snp_reference_values *reference,
                         const struct sevl_snp_reported *reported,
                         const struct sevl_snp_findings *findings)
{
    struct line line = {.count = 0};
    add_part(&line, findings->skipped == 0 ? "HINT: no likely mistake explains it"
                                           : "HINT: no mistake that was tried explains it");
    add_groups(&line, ". Ruled out: ", findings->tried, reference, reported);
    add_groups(&line, ". Not tried, as it takes too long on this machine: ", findings->skipped,
               reference, reported);
    add_rest(&line, reference);
    (void)!cli_line_of(PORT_ERR, line.parts);
}
