/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include <sevlaunch/guest/cpu_types.h>

#include "cli/text.h"
#include "cpu_lists.h"
#include "guest/cpu_model.h"
#include "sev_request.h"
#include "show_file.h"

/* AMD 24593, appendix B, SEV_FEATURES. */
static const char *const feature_bits[] = {[0] = "SNPActive",
                                           [1] = "vTOM",
                                           [2] = "ReflectVC",
                                           [3] = "RestrictedInjection",
                                           [4] = "AlternateInjection",
                                           [5] = "DebugSwap",
                                           [6] = "PreventHostIBS",
                                           [7] = "BTBIsolation",
                                           [8] = "VmplSSS",
                                           [9] = "SecureTSC",
                                           [10] = "VmgexitParam",
                                           [11] = "PmcVirt",
                                           [12] = "IbsVirt",
                                           [13] = "GuestInterceptCtl",
                                           [14] = "VmsaRegProt",
                                           [15] = "SmtProt",
                                           [16] = "SecureAVIC",
                                           [21] = "IbpbOnEntry"};
#define FEATURE_BITS (sizeof feature_bits / sizeof *feature_bits)

/* A name of QEMU's model, or of AMD's silicon; NULL for none. */
static const char *signature_name(uint32_t signature)
{
    const char *name = cpu_model_name(signature);
    for (size_t i = 0; i < SEVL_SILICON_COUNT && name == NULL; i++)
        if (sevl_silicon[i].signature == signature)
            name = sevl_silicon[i].name;
    return name;
}

/* Of a page that is right, or that of an unknown launcher. */
static void show_page(struct show_output *output, const struct sevl_cpu *cpu,
                      uint32_t reset_address, bool is_known)
{
    show_word(output, "launcher", is_known ? sev_vmm_words[cpu->vmm] : NULL);
    show_hexadecimal(output, "reset-address", true, reset_address);
    show_hexadecimal(output, "rdx", true, cpu->signature);
    show_word(output, "cpu-type", signature_name(cpu->signature));
    show_word(output, "vmsa-fpu", is_known ? cpu_lists_fpu_words[cpu->fpu] : NULL);
    show_hexadecimal(output, "sev-features", true, cpu->sev_features);
    show_bits(output, "sev-feature-bits", "sev-feature-bit", cpu->sev_features, feature_bits,
              FEATURE_BITS);
}

/* The second page is of the other CPUs: what differs from the first is where these start. */
static enum cli_code show_second(const struct show_file *file, struct show_output *output,
                                 const struct sevl_cpu *first)
{
    struct sevl_cpu cpu;
    uint32_t reset_address;
    enum sevl_result result =
        sevl_vmsa_read(show_file_bytes(file) + SEVL_VMSA_SIZE, &cpu, &reset_address);
    show_hexadecimal(output, "others-reset-address", result != SEVL_ERROR_ENCODING, reset_address);
    if (result == SEVL_ERROR_ENCODING)
        show_note(output, "the second page is of no CPU");
    else if (result != SEVL_OK || cpu.vmm != first->vmm || cpu.signature != first->signature ||
             cpu.sev_features != first->sev_features || cpu.fpu != first->fpu)
        show_note(output, "the second page has more of its own than where its CPU starts");
    return CLI_SUCCESS;
}

enum cli_code show_cpus(struct show_file *file, const struct cli_console *console,
                        struct show_output *output)
{
    struct sevl_cpu cpu;
    uint32_t reset_address;
    (void)console;
    if (file->size != SEVL_VMSA_SIZE && file->size != (uint64_t)2 * SEVL_VMSA_SIZE)
        return CLI_GO_ON;
    enum sevl_result result = sevl_vmsa_read(show_file_bytes(file), &cpu, &reset_address);
    if (result == SEVL_ERROR_ENCODING)
        return CLI_GO_ON;
    show_begin(output, "vmsa");
    show_file_members(file, output);
    show_page(output, &cpu, reset_address, result == SEVL_OK);
    if (result != SEVL_OK)
        show_note(output, "no launcher that is known here sets all of its registers so");
    if (reset_address != SEVL_RESET_ADDRESS_CPU0)
        show_note(output, "CPU 0 starts at 0xfffffff0: this page is of the others");
    return file->size == SEVL_VMSA_SIZE ? CLI_SUCCESS : show_second(file, output, &cpu);
}
