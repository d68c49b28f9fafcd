/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "snp_request.h"

#include <sevlaunch/snp/launch_digest.h>

#include "cli/check.h"
#include "cli/text.h"
#include "cli/values.h"
#include "guest/cpu_model.h"

const char *const snp_vmm_words[] = {"qemu", "ec2", "gce", NULL};
const char *const snp_fpu_words[] = {"legacy", "init2", NULL};

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

static bool read_type(const char *item, uint64_t *number)
{
    const struct sevl_cpu_type *model = cpu_model_find(item);
    if (model != NULL)
        *number = model->signature;
    return model != NULL;
}

static bool read_signature(const char *item, uint64_t *number)
{
    return text_to_number(item, UINT32_MAX, number);
}

static bool read_features(const char *item, uint64_t *number)
{
    return text_to_number(item, UINT64_MAX, number) && (*number & SNP_ACTIVE) != 0;
}

static bool read_fpu(const char *item, uint64_t *number)
{
    for (*number = 0; snp_fpu_words[*number] != NULL; (*number)++)
        if (text_equal(item, snp_fpu_words[*number]))
            return true;
    return false;
}

/* Family, model and stepping stand for one signature. */
static enum cli_code read_numbers(struct snp_request *request, const struct cli_console *console)
{
    static const struct {
        size_t option;
        uint32_t max;
    } parts[] = {{SNP_OPTION_CPU_FAMILY, CPU_FAMILY_MAX},
                 {SNP_OPTION_CPU_MODEL, CPU_MODEL_MAX},
                 {SNP_OPTION_CPU_STEPPING, CPU_STEPPING_MAX}};
    uint32_t numbers[3] = {0};
    enum cli_code code = CLI_GO_ON;
    if (!cli_has(request->arguments, SNP_OPTION_CPU_FAMILY))
        return CLI_GO_ON;
    for (size_t i = 0; i < 3 && code == CLI_GO_ON; i++)
        code = cli_read_number(request->arguments, console, parts[i].option, 0, parts[i].max,
                               &numbers[i]);
    request->signatures.number[0] = sevl_cpu_signature(numbers[0], numbers[1], numbers[2]);
    request->signatures.count = 1;
    return code;
}

/* All but QEMU start CPUs of every model the same way, but for a signature that is given. */
static enum cli_code check_model(const struct snp_request *request,
                                 const struct cli_console *console)
{
    static const uint8_t options[] = {SNP_OPTION_CPU_FAMILY, SNP_OPTION_CPU_MODEL,
                                      SNP_OPTION_CPU_STEPPING, SNP_OPTION_CPU_TYPE};
    const struct cli_arguments *arguments = request->arguments;
    for (size_t i = 0; i < sizeof options && request->vmm != SEVL_VMM_QEMU; i++)
        if (cli_has(arguments, options[i]))
            return cli_error(console, CLI_USAGE, cli_name(arguments, options[i]),
                             " has no effect on CPUs with --vmm ", snp_vmm_words[request->vmm]);
    if (!cli_has(arguments, SNP_OPTION_CPU_TYPE))
        return CLI_GO_ON;
    return cpu_model_check(console, arguments->value[SNP_OPTION_CPU_TYPE]);
}

static enum cli_code read_signatures(struct snp_request *request, const struct cli_console *console)
{
    const struct cli_arguments *arguments = request->arguments;
    enum cli_code code = check_model(request, console);
    if (code == CLI_GO_ON)
        code = read_numbers(request, console);
    if (code == CLI_GO_ON)
        code = list_read(&request->signatures, read_type, CPU_MODEL_EXPECTED, arguments, console,
                         SNP_OPTION_CPU_TYPE);
    if (code == CLI_GO_ON)
        code = list_read(&request->signatures, read_signature, "signatures of 32 bits", arguments,
                         console, SNP_OPTION_CPU_SIGNATURE);
    bool needs_signature = request->vmm == SEVL_VMM_QEMU && request->cpus.count > 0;
    if (code == CLI_GO_ON && needs_signature && request->signatures.count == 0)
        return cli_error(console, CLI_USAGE,
                         "--cpu-type, or --cpu-signature, or --cpu-family, --cpu-model and "
                         "--cpu-stepping is required: QEMU's CPUs start with the signature");
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
        code = list_read(&request->fpus, read_fpu, "legacy or init2", arguments, console,
                         SNP_OPTION_VMSA_FPU);
    return code;
}

static enum cli_code read_words(struct snp_request *request, const struct cli_console *console)
{
    static const char *const formats[] = {"hex", "base64", NULL};
    int vmm = SEVL_VMM_QEMU;
    int format = 0;
    enum cli_code code =
        cli_read_word(request->arguments, console, SNP_OPTION_VMM, snp_vmm_words, &vmm);
    if (code == CLI_GO_ON)
        code = cli_read_word(request->arguments, console, SNP_OPTION_FORMAT, formats, &format);
    request->vmm = (enum sevl_vmm)vmm;
    request->is_base64 = format == 1;
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

/* Many values are one document; one alone is a line. */
static enum cli_code check_format(const struct snp_request *request,
                                  const struct cli_console *console)
{
    if (!cli_has(request->arguments, SNP_OPTION_FORMAT) || snp_request_values(request) == 1)
        return CLI_GO_ON;
    return cli_error(console, CLI_USAGE,
                     "--format is that of one value: several are printed as JSON");
}

uint64_t snp_request_values(const struct snp_request *request)
{
    uint64_t models = request->signatures.count == 0 ? 1 : request->signatures.count;
    uint64_t counts = 0;
    for (uint32_t cpus = 1; cpus <= list_largest(&request->cpus); cpus++)
        if (list_has(&request->cpus, cpus))
            counts++;
    return counts * models * request->fpus.count * request->features.count;
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
    return code == CLI_GO_ON ? check_format(request, console) : code;
}
