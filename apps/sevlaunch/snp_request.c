/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "snp_request.h"

#include <sevlaunch/snp/launch_digest.h>

#include "cli/check.h"
#include "cli/text.h"
#include "cli/values.h"
#include "digest_format.h"

const char *const snp_vmm_words[] = {"qemu", "ec2", "gce", NULL};

const struct guest_options snp_guest_options = {
    .firmware = SNP_OPTION_FIRMWARE,
    .kernel = SNP_OPTION_KERNEL,
    .initrd = SNP_OPTION_INITRD,
    .cmdline = SNP_OPTION_CMDLINE,
    .cmdline_file = SNP_OPTION_CMDLINE_FILE,
    .kernel_sha256 = SNP_OPTION_KERNEL_SHA256,
    .initrd_sha256 = SNP_OPTION_INITRD_SHA256,
    .cmdline_sha256 = SNP_OPTION_CMDLINE_SHA256,
};

/* What KVM sets in every SEV-SNP guest: SNPActive. */
#define SNP_ACTIVE 1

static bool read_features(const char *item, uint64_t *number)
{
    return text_to_number(item, UINT64_MAX, number) && (*number & SNP_ACTIVE) != 0;
}

static enum cli_code read_signatures(struct snp_request *request, const struct cli_console *console)
{
    static const struct cpu_options options = {
        .family = SNP_OPTION_CPU_FAMILY,
        .model = SNP_OPTION_CPU_MODEL,
        .stepping = SNP_OPTION_CPU_STEPPING,
        .type = SNP_OPTION_CPU_TYPE,
        .signature = SNP_OPTION_CPU_SIGNATURE,
    };
    bool needs_signature = request->vmm == SEVL_VMM_QEMU && request->cpus.count > 0;
    enum cli_code code =
        cpu_lists_read_signatures(&request->signatures, request->arguments, console, &options,
                                  request->vmm, snp_vmm_words[request->vmm]);
    if (code == CLI_GO_ON && needs_signature && request->signatures.count == 0)
        return cpu_lists_fail_signature(console);
    return code;
}

static enum cli_code read_states(struct snp_request *request, const struct cli_console *console)
{
    const struct cli_arguments *arguments = request->arguments;
    request->features = (struct list_numbers){{SNP_ACTIVE}, 1};
    uint64_t fpu = request->vmm == SEVL_VMM_QEMU ? SEVL_FPU_INIT2 : SEVL_FPU_LEGACY;
    request->fpus = (struct list_numbers){{fpu}, 1};
    enum cli_code code = list_read(&request->features, read_features,
                                   "numbers of 64 bits whose bit 0, SNPActive, is set", arguments,
                                   console, SNP_OPTION_SEV_FEATURES);
    if (code == CLI_GO_ON)
        code = cpu_lists_read_fpus(&request->fpus, arguments, console, SNP_OPTION_VMSA_FPU);
    return code;
}

static enum cli_code read_words(struct snp_request *request, const struct cli_console *console)
{
    int vmm = SEVL_VMM_QEMU;
    enum cli_code code =
        cli_read_word(request->arguments, console, SNP_OPTION_VMM, snp_vmm_words, &vmm);
    request->vmm = (enum sevl_vmm)vmm;
    if (code == CLI_GO_ON)
        code =
            digest_format_read(&request->is_base64, request->arguments, console, SNP_OPTION_FORMAT);
    return code;
}

/* What does not ask for a digest. */
#define WITHOUT_DIGEST                                                                      \
    (CLI_BIT(SNP_OPTION_DEBUG) | CLI_BIT(SNP_OPTION_QUIET) | CLI_BIT(SNP_OPTION_FIRMWARE) | \
     CLI_BIT(SNP_OPTION_FIRMWARE_SIZE) | CLI_BIT(SNP_OPTION_FIRMWARE_INFO_OUT))

static bool is_for_file_alone(const struct cli_arguments *arguments)
{
    if (!cli_has(arguments, SNP_OPTION_FIRMWARE_INFO_OUT))
        return false;
    for (size_t i = 0; i < SNP_OPTION_COUNT; i++)
        if (cli_has(arguments, i) && (CLI_BIT(i) & WITHOUT_DIGEST) == 0)
            return false;
    return true;
}

static enum cli_code read_cpus(struct snp_request *request, const struct cli_console *console)
{
    if (is_for_file_alone(request->arguments))
        return CLI_GO_ON;
    enum cli_code code = cli_require(request->arguments, console, SNP_OPTION_NUM_CPUS);
    if (code == CLI_GO_ON)
        code = list_read_ranges(&request->cpus, request->arguments, console, SNP_OPTION_NUM_CPUS,
                                SEVL_CPUS_MAX);
    return code;
}

size_t snp_request_firmware(const struct snp_request *request)
{
    bool has_info = cli_has(request->arguments, SNP_OPTION_FIRMWARE_INFO);
    return has_info ? SNP_OPTION_FIRMWARE_INFO : SNP_OPTION_FIRMWARE;
}

static enum cli_code read_firmware_size(struct snp_request *request,
                                        const struct cli_console *console)
{
    const struct cli_arguments *arguments = request->arguments;
    enum cli_code code = cli_require(arguments, console, snp_request_firmware(request));
    if (code == CLI_GO_ON)
        code = cli_read_number64(arguments, console, SNP_OPTION_FIRMWARE_SIZE,
                                 &request->firmware_size);
    if (code != CLI_GO_ON || !cli_has(arguments, SNP_OPTION_FIRMWARE_SIZE) ||
        sevl_snp_firmware_size_is_valid(request->firmware_size))
        return code;
    return cli_error(console, CLI_USAGE,
                     "--firmware-size: expected whole pages of 4096 bytes, at most 4 GiB, got '",
                     arguments->value[SNP_OPTION_FIRMWARE_SIZE], "'");
}

struct cpu_lists snp_request_lists(const struct snp_request *request)
{
    return (struct cpu_lists){request->vmm, &request->signatures, &request->features,
                              &request->fpus};
}

/* With more values than one, a document tells them. */
static bool tells_files(const struct snp_request *request, const struct cli_console *console)
{
    const struct cli_arguments *arguments = request->arguments;
    return console->debug || cli_has(arguments, SNP_OPTION_JSON) ||
           cli_has(arguments, SNP_OPTION_FIRMWARE_INFO_OUT) || snp_request_values(request) > 1;
}

uint64_t snp_request_values(const struct snp_request *request)
{
    const struct cpu_lists lists = snp_request_lists(request);
    return list_count(&request->cpus) * cpu_lists_count(&lists);
}

enum cli_code snp_request_read(struct snp_request *request, const struct cli_console *console,
                               const struct cli_arguments *arguments)
{
    static enum cli_code (*const steps[])(struct snp_request *, const struct cli_console *) = {
        read_firmware_size, read_words, read_cpus, read_signatures, read_states};
    *request = (struct snp_request){.arguments = arguments};
    enum cli_code code = cli_check(arguments, console);
    if (code == CLI_GO_ON)
        code = guest_kernel_check(arguments, console, &snp_guest_options);
    for (size_t i = 0; i < sizeof steps / sizeof *steps && code == CLI_GO_ON; i++)
        code = steps[i](request, console);
    if (code != CLI_GO_ON)
        return code;
    request->tells_files = tells_files(request, console);
    return digest_format_check(arguments, console, SNP_OPTION_FORMAT, snp_request_values(request));
}
