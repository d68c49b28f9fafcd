/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sev_request.h"

#include <sevlaunch/sev/measurement.h>

#include "cli/check.h"
#include "cli/text.h"
#include "cli/values.h"
#include "digest_format.h"

const char *const sev_vmm_words[] = {"qemu", "ec2", "gce", "krun", NULL};

const struct guest_options sev_guest_options = {
    .firmware = SEV_OPTION_FIRMWARE,
    .kernel = SEV_OPTION_KERNEL,
    .initrd = SEV_OPTION_INITRD,
    .cmdline = SEV_OPTION_CMDLINE,
    .cmdline_file = SEV_OPTION_CMDLINE_FILE,
    .kernel_sha256 = SEV_OPTION_KERNEL_SHA256,
    .initrd_sha256 = SEV_OPTION_INITRD_SHA256,
    .cmdline_sha256 = SEV_OPTION_CMDLINE_SHA256,
};

static enum cli_code read_words(struct sev_request *request, const struct cli_console *console)
{
    int vmm = SEVL_VMM_QEMU;
    enum cli_code code =
        cli_read_word(request->arguments, console, SEV_OPTION_VMM, sev_vmm_words, &vmm);
    request->vmm = (enum sevl_vmm)vmm;
    if (code == CLI_GO_ON)
        code =
            digest_format_read(&request->is_base64, request->arguments, console, SEV_OPTION_FORMAT);
    return code;
}

static enum cli_code read_counts(struct sev_request *request, const struct cli_console *console)
{
    if (!cli_has(request->arguments, SEV_OPTION_NUM_CPUS))
        return CLI_GO_ON;
    return list_read_ranges(&request->cpus, request->arguments, console, SEV_OPTION_NUM_CPUS,
                            SEVL_CPUS_MAX);
}

/* A policy, if one is given, and the number of CPUs have to say the same. */
static enum cli_code check_policy(struct sev_request *request, const struct cli_console *console)
{
    const struct cli_arguments *arguments = request->arguments;
    uint32_t policy = 0;
    enum cli_code code =
        cli_read_number(arguments, console, SEV_OPTION_POLICY, 0, UINT32_MAX, &policy);
    if (code != CLI_GO_ON || !cli_has(arguments, SEV_OPTION_POLICY))
        return code;
    if (sevl_policy_is_snp(policy))
        return cli_error(console, CLI_USAGE,
                         "--policy: bit 17 is set, as in those of SEV-SNP, whose digests "
                         "'sevlaunch snp-digest' computes");
    if (sevl_policy_is_es(policy) && !sev_request_is_es(request))
        return cli_error(console, CLI_USAGE,
                         "--num-cpus is required: the policy is that of an SEV-ES guest");
    if (!sevl_policy_is_es(policy) && sev_request_is_es(request))
        return cli_error(console, CLI_USAGE,
                         "--num-cpus: CPUs are not measured, for the policy is not that of an "
                         "SEV-ES guest");
    return CLI_GO_ON;
}

/* Who gives CPUs expects them to be in the value. */
static enum cli_code check_cpus_are_measured(struct sev_request *request,
                                             const struct cli_console *console)
{
    static const uint8_t of_cpus[] = {SEV_OPTION_VMSA_CPU0,     SEV_OPTION_VMSA_CPU1,
                                      SEV_OPTION_CPU_FAMILY,    SEV_OPTION_CPU_MODEL,
                                      SEV_OPTION_CPU_STEPPING,  SEV_OPTION_CPU_TYPE,
                                      SEV_OPTION_CPU_SIGNATURE, SEV_OPTION_VMSA_FPU,
                                      SEV_OPTION_SEV_FEATURES,  SEV_OPTION_VMM};
    for (size_t i = 0; i < sizeof of_cpus && !sev_request_is_es(request); i++)
        if (cli_has(request->arguments, of_cpus[i]))
            return cli_error(console, CLI_USAGE, cli_name(request->arguments, of_cpus[i]),
                             " requires --num-cpus: only an SEV-ES guest has its CPUs measured");
    return CLI_GO_ON;
}

static enum cli_code check_pages(struct sev_request *request, const struct cli_console *console)
{
    request->has_pages = cli_has(request->arguments, SEV_OPTION_VMSA_CPU0);
    if (!cli_has(request->arguments, SEV_OPTION_VMSA_CPU1) || list_largest(&request->cpus) > 1)
        return CLI_GO_ON;
    return cli_error(console, CLI_USAGE, "--vmsa-cpu1 is not measured: there is one CPU");
}

static enum cli_code read_signatures(struct sev_request *request, const struct cli_console *console)
{
    static const struct cpu_options options = {
        .family = SEV_OPTION_CPU_FAMILY,
        .model = SEV_OPTION_CPU_MODEL,
        .stepping = SEV_OPTION_CPU_STEPPING,
        .type = SEV_OPTION_CPU_TYPE,
        .signature = SEV_OPTION_CPU_SIGNATURE,
    };
    enum cli_code code =
        cpu_lists_read_signatures(&request->signatures, request->arguments, console, &options,
                                  request->vmm, sev_vmm_words[request->vmm]);
    if (code != CLI_GO_ON || request->signatures.count > 0 || request->vmm != SEVL_VMM_QEMU)
        return code;
    if (request->has_pages || !sev_request_is_es(request))
        return CLI_GO_ON;
    return cpu_lists_fail_signature(console);
}

static bool read_number64(const char *item, uint64_t *number)
{
    return text_to_number(item, UINT64_MAX, number);
}

static enum cli_code read_states(struct sev_request *request, const struct cli_console *console)
{
    const struct cli_arguments *arguments = request->arguments;
    request->features = (struct list_numbers){{0}, 1};
    request->fpus = (struct list_numbers){{SEVL_FPU_LEGACY}, 1};
    enum cli_code code = list_read(&request->features, read_number64, "numbers of 64 bits",
                                   arguments, console, SEV_OPTION_SEV_FEATURES);
    if (code == CLI_GO_ON)
        code = cpu_lists_read_fpus(&request->fpus, arguments, console, SEV_OPTION_VMSA_FPU);
    return code;
}

bool sev_request_needs_reset_address(const struct sev_request *request)
{
    return list_largest(&request->cpus) > 1 && !request->has_pages && request->vmm != SEVL_VMM_KRUN;
}

struct cpu_lists sev_request_lists(const struct sev_request *request)
{
    return (struct cpu_lists){request->vmm, &request->signatures, &request->features,
                              &request->fpus};
}

uint64_t sev_request_values(const struct sev_request *request)
{
    const struct cpu_lists lists = sev_request_lists(request);
    if (!sev_request_is_es(request))
        return 1;
    return list_count(&request->cpus) * (request->has_pages ? 1 : cpu_lists_count(&lists));
}

enum cli_code sev_request_read(struct sev_request *request, const struct cli_console *console,
                               const struct cli_arguments *arguments)
{
    static enum cli_code (*const steps[])(struct sev_request *, const struct cli_console *) = {
        read_words,  read_counts,     check_policy, check_cpus_are_measured,
        check_pages, read_signatures, read_states};
    *request = (struct sev_request){.arguments = arguments};
    enum cli_code code = cli_require(arguments, console, SEV_OPTION_FIRMWARE);
    if (code == CLI_GO_ON)
        code = cli_check(arguments, console);
    if (code == CLI_GO_ON)
        code = guest_kernel_check(arguments, console, &sev_guest_options);
    for (size_t i = 0; i < sizeof steps / sizeof *steps && code == CLI_GO_ON; i++)
        code = steps[i](request, console);
    if (code != CLI_GO_ON)
        return code;
    return digest_format_check(arguments, console, SEV_OPTION_FORMAT, sev_request_values(request));
}
