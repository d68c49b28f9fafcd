/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "cpus.h"

#include <sevlaunch/sev/measurement.h>

#include "cli/values.h"
#include "guest/cpu_model.h"

const char *const cpus_fpu_words[] = {"legacy", "init2", NULL};
const char *const cpus_vmm_words[] = {"qemu", "ec2", "gce", "krun", NULL};

static const struct sku_number {
    size_t option;
    uint32_t max;
} sku_numbers[] = {{OPTION_CPU_FAMILY, CPU_FAMILY_MAX},
                   {OPTION_CPU_MODEL, CPU_MODEL_MAX},
                   {OPTION_CPU_STEPPING, CPU_STEPPING_MAX}};
#define SKU_NUMBERS (sizeof sku_numbers / sizeof *sku_numbers)

static bool has_sku(const struct request *request)
{
    for (size_t i = 0; i < SKU_NUMBERS; i++)
        if (request_has(request, sku_numbers[i].option))
            return true;
    return false;
}

/* Family, model and stepping: all of them or none. */
static enum cli_code read_sku(struct request *request, const struct cli_console *console)
{
    uint32_t numbers[SKU_NUMBERS] = {0};
    enum cli_code code = CLI_GO_ON;
    if (!has_sku(request))
        return CLI_GO_ON;
    for (size_t i = 0; i < SKU_NUMBERS && code == CLI_GO_ON; i++)
        code = cli_require(request->arguments, console, sku_numbers[i].option);
    for (size_t i = 0; i < SKU_NUMBERS && code == CLI_GO_ON; i++)
        code = cli_read_number(request->arguments, console, sku_numbers[i].option, 0,
                               sku_numbers[i].max, &numbers[i]);
    request->cpu.signature = sevl_cpu_signature(numbers[0], numbers[1], numbers[2]);
    return code;
}

static enum cli_code read_type(struct request *request, const struct cli_console *console)
{
    const char *text = request_value(request, OPTION_CPU_TYPE);
    if (text == NULL)
        return CLI_GO_ON;
    const struct sevl_cpu_type *model = cpu_model_find(text);
    if (model != NULL) {
        request->cpu.signature = model->signature;
        return CLI_GO_ON;
    }
    enum cli_code code = cpu_model_check(console, text);
    if (code != CLI_GO_ON)
        return code;
    return cli_error(console, CLI_USAGE, "--cpu-type: expected " CPU_MODEL_EXPECTED ", got '", text,
                     "'");
}

static enum cli_code read_fpu(struct request *request, const struct cli_console *console)
{
    int state = SEVL_FPU_LEGACY;
    enum cli_code code =
        cli_read_word(request->arguments, console, OPTION_VMSA_FPU, cpus_fpu_words, &state);
    request->cpu.fpu = (enum sevl_fpu)state;
    return code;
}

/* All but QEMU start CPUs of every model the same way, but for a signature that is given. */
static enum cli_code read_vmm(struct request *request, const struct cli_console *console)
{
    int vmm = SEVL_VMM_QEMU;
    size_t model = options_first_marked(request->arguments, MARK_MODEL);
    enum cli_code code =
        cli_read_word(request->arguments, console, OPTION_VMM, cpus_vmm_words, &vmm);
    request->cpu.vmm = (enum sevl_vmm)vmm;
    request->cpu.has_own_rdx = vmm != SEVL_VMM_QEMU && request_has(request, OPTION_CPU_SIGNATURE);
    if (code == CLI_GO_ON && vmm != SEVL_VMM_QEMU && model != OPTION_COUNT)
        return cli_error(console, CLI_USAGE, cli_name(request->arguments, model),
                         " has no effect on CPUs with --vmm ", cpus_vmm_words[vmm]);
    return code;
}

static enum cli_code read_numbers(struct request *request, const struct cli_console *console)
{
    const struct cli_arguments *arguments = request->arguments;
    enum cli_code code =
        cli_read_number(arguments, console, OPTION_NUM_CPUS, 1, SEVL_CPUS_MAX, &request->cpus);
    if (code == CLI_GO_ON)
        code = cli_read_number(arguments, console, OPTION_CPU_SIGNATURE, 0, UINT32_MAX,
                               &request->cpu.signature);
    if (code == CLI_GO_ON)
        code =
            cli_read_number64(arguments, console, OPTION_SEV_FEATURES, &request->cpu.sev_features);
    return code;
}

static enum cli_code check_output_of_pages(struct request *request,
                                           const struct cli_console *console)
{
    request->has_cpu = has_sku(request) || request_has(request, OPTION_CPU_TYPE) ||
                       request_has(request, OPTION_CPU_SIGNATURE) ||
                       request->cpu.vmm != SEVL_VMM_QEMU;
    if (request_has(request, OPTION_VMSA_OUT) && !request->has_cpu)
        return cli_error(console, CLI_USAGE,
                         "--vmsa-out requires a CPU: --cpu-type or --cpu-signature, for example");
    return CLI_GO_ON;
}

enum cli_code cpus_read(struct request *request, const struct cli_console *console)
{
    enum cli_code code = read_sku(request, console);
    if (code == CLI_GO_ON)
        code = read_numbers(request, console);
    if (code == CLI_GO_ON)
        code = read_type(request, console);
    if (code == CLI_GO_ON)
        code = read_fpu(request, console);
    if (code == CLI_GO_ON)
        code = read_vmm(request, console);
    if (code == CLI_GO_ON)
        code = check_output_of_pages(request, console);
    return code;
}

static enum cli_code check_void(const struct request *request, const struct cli_console *console)
{
    size_t option = options_first_marked(request->arguments, MARK_CPUS);
    if (option == OPTION_COUNT || !request_prints(request))
        return CLI_GO_ON;
    return cli_error(console, CLI_USAGE, cli_name(request->arguments, option),
                     " is not measured, so it would not be in what is printed: the policy is not "
                     "that of an SEV-ES guest");
}

enum cli_code cpus_check(const struct request *request, const struct cli_console *console,
                         uint32_t policy)
{
    if (!sevl_policy_is_es(policy))
        return check_void(request, console);
    if (request->cpus == 0)
        return cli_error(console, CLI_USAGE,
                         "--num-cpus is required: the policy is that of an SEV-ES guest");
    if (!request->has_cpu && !request_has(request, OPTION_VMSA_CPU0))
        return cli_error(console, CLI_USAGE,
                         "--vmsa-cpu0, or --cpu-family, --cpu-model and --cpu-stepping, or "
                         "--cpu-type, or --cpu-signature is required: the policy is that of "
                         "an SEV-ES guest");
    return CLI_GO_ON;
}
