/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "cpu_lists.h"

#include <sevlaunch/guest/cpu_types.h>

#include "cli/text.h"
#include "cli/values.h"
#include "guest/cpu_model.h"

const char *const cpu_lists_fpu_words[] = {"legacy", "init2", NULL};

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

static bool read_fpu(const char *item, uint64_t *number)
{
    for (*number = 0; cpu_lists_fpu_words[*number] != NULL; (*number)++)
        if (text_equal(item, cpu_lists_fpu_words[*number]))
            return true;
    return false;
}

/* Family, model and stepping stand for one signature. */
static enum cli_code read_parts(struct list_numbers *signatures,
                                const struct cli_arguments *arguments,
                                const struct cli_console *console,
                                const struct cpu_options *options)
{
    const size_t places[] = {options->family, options->model, options->stepping};
    static const uint32_t most[] = {CPU_FAMILY_MAX, CPU_MODEL_MAX, CPU_STEPPING_MAX};
    uint32_t numbers[3] = {0};
    enum cli_code code = CLI_GO_ON;
    if (!cli_has(arguments, options->family))
        return CLI_GO_ON;
    for (size_t i = 0; i < 3 && code == CLI_GO_ON; i++)
        code = cli_read_number(arguments, console, places[i], 0, most[i], &numbers[i]);
    signatures->number[0] = sevl_cpu_signature(numbers[0], numbers[1], numbers[2]);
    signatures->count = 1;
    return code;
}

/* All but QEMU start CPUs of every model the same way, but for a signature that is given. */
static enum cli_code check_model(const struct cli_arguments *arguments,
                                 const struct cli_console *console,
                                 const struct cpu_options *options, enum sevl_vmm vmm,
                                 const char *vmm_word)
{
    const uint8_t models[] = {options->family, options->model, options->stepping, options->type};
    for (size_t i = 0; i < sizeof models && vmm != SEVL_VMM_QEMU; i++)
        if (cli_has(arguments, models[i]))
            return cli_error(console, CLI_USAGE, cli_name(arguments, models[i]),
                             " has no effect on CPUs with --vmm ", vmm_word);
    if (!cli_has(arguments, options->type))
        return CLI_GO_ON;
    return cpu_model_check(console, arguments->value[options->type]);
}

enum cli_code cpu_lists_read_signatures(struct list_numbers *signatures,
                                        const struct cli_arguments *arguments,
                                        const struct cli_console *console,
                                        const struct cpu_options *options, enum sevl_vmm vmm,
                                        const char *vmm_word)
{
    enum cli_code code = check_model(arguments, console, options, vmm, vmm_word);
    if (code == CLI_GO_ON)
        code = read_parts(signatures, arguments, console, options);
    if (code == CLI_GO_ON)
        code =
            list_read(signatures, read_type, CPU_MODEL_EXPECTED, arguments, console, options->type);
    if (code == CLI_GO_ON)
        code = list_read(signatures, read_signature, "signatures of 32 bits", arguments, console,
                         options->signature);
    return code;
}

enum cli_code cpu_lists_fail_signature(const struct cli_console *console)
{
    return cli_error(console, CLI_USAGE,
                     "--cpu-type, or --cpu-signature, or --cpu-family, --cpu-model and "
                     "--cpu-stepping is required: QEMU's CPUs start with the signature");
}

enum cli_code cpu_lists_read_fpus(struct list_numbers *fpus, const struct cli_arguments *arguments,
                                  const struct cli_console *console, size_t option)
{
    return list_read(fpus, read_fpu, "legacy or init2", arguments, console, option);
}

uint64_t cpu_lists_count(const struct cpu_lists *lists)
{
    uint64_t models = lists->signatures->count == 0 ? 1 : lists->signatures->count;
    return models * lists->features->count * lists->fpus->count;
}

static enum cli_code visit_states(const struct cpu_lists *lists, cpu_lists_take *take,
                                  void *context, struct sevl_cpu cpu)
{
    enum cli_code code = CLI_GO_ON;
    for (size_t f = 0; f < lists->features->count; f++)
        for (size_t s = 0; s < lists->fpus->count && code == CLI_GO_ON; s++) {
            cpu.sev_features = lists->features->number[f];
            cpu.fpu = (enum sevl_fpu)lists->fpus->number[s];
            code = take(context, &cpu);
        }
    return code;
}

enum cli_code cpu_lists_visit(const struct cpu_lists *lists, cpu_lists_take *take, void *context)
{
    const struct list_numbers *signatures = lists->signatures;
    struct sevl_cpu cpu = {.vmm = lists->vmm};
    enum cli_code code = CLI_GO_ON;
    if (signatures->count == 0)
        return visit_states(lists, take, context, cpu);
    cpu.has_own_rdx = true;
    for (size_t i = 0; i < signatures->count && code == CLI_GO_ON; i++) {
        cpu.signature = (uint32_t)signatures->number[i];
        code = visit_states(lists, take, context, cpu);
    }
    return code;
}
