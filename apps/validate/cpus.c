/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "cpus.h"

#include <sevlaunch/guest/cpu_types.h>

#include "checks.h"
#include "text.h"

/* CPUID leaf 1 has no room for more. */
#define FAMILY_MOST 270
#define MODEL_MOST 255
#define STEPPING_MOST 15

static bool has_sku(const struct options *options)
{
    return options_have(options, OPTION_CPU_FAMILY) || options_have(options, OPTION_CPU_MODEL) ||
           options_have(options, OPTION_CPU_STEPPING);
}

/* The first option about CPUs. */
static const char *first_cpu_option(const struct options *options)
{
    for (int i = OPTION_NUM_CPUS; i <= OPTION_VMSA_OUT; i++)
        if (options->value[i] != NULL)
            return option_forms[i].name;
    return NULL;
}

/* Family, model and stepping: all of them or none. */
static bool read_sku(struct request *request, struct console *console,
                     const struct options *options)
{
    uint32_t family = 0;
    uint32_t model = 0;
    uint32_t stepping = 0;
    if (!has_sku(options))
        return true;
    if (!check_require(options, console, OPTION_CPU_FAMILY) ||
        !check_require(options, console, OPTION_CPU_MODEL) ||
        !check_require(options, console, OPTION_CPU_STEPPING) ||
        !check_number(options, console, OPTION_CPU_FAMILY, 0, FAMILY_MOST, &family) ||
        !check_number(options, console, OPTION_CPU_MODEL, 0, MODEL_MOST, &model) ||
        !check_number(options, console, OPTION_CPU_STEPPING, 0, STEPPING_MOST, &stepping))
        return false;
    request->cpu.signature = sevl_cpu_signature(family, model, stepping);
    return true;
}

/* "EPYC-Milan" or "EPYC-Milan-v2"; EPYC's first version is also called EPYC-IBPB. */
static bool is_type(const char *text, const struct sevl_cpu_type *type)
{
    size_t length = text_length(type->name);
    uint64_t version = 0;
    if (!text_begins(text, type->name, length))
        return false;
    text += length;
    return *text == '\0' || (text_begins(text, "-v", 2) && text[2] != '0' &&
                             text_to_number(text + 2, type->versions, &version));
}

static bool read_type(struct request *request, struct console *console,
                      const struct options *options)
{
    const char *text = options->value[OPTION_CPU_TYPE];
    if (text == NULL)
        return true;
    if (text_equal(text, "EPYC-IBPB"))
        text = sevl_cpu_types[0].name;
    for (size_t i = 0; i < SEVL_CPU_TYPES; i++)
        if (is_type(text, &sevl_cpu_types[i])) {
            request->cpu.signature = sevl_cpu_types[i].signature;
            return true;
        }
    return console_fail(console, CODE_USAGE,
                        "--cpu-type: expected EPYC, EPYC-Rome, EPYC-Milan, EPYC-Genoa or "
                        "EPYC-Turin, with -v and a version or without, got '",
                        options->value[OPTION_CPU_TYPE], "'");
}

static bool read_dialect(struct request *request, struct console *console,
                         const struct options *options)
{
    static const char *const states[] = {"legacy", "init2", NULL};
    static const char *const vmms[] = {"qemu", "ec2", "gce", NULL};
    int state = SEVL_FPU_LEGACY;
    int vmm = SEVL_VMM_QEMU;
    if (!check_word(options, console, OPTION_VMSA_FPU, states, &state) ||
        !check_word(options, console, OPTION_VMM, vmms, &vmm))
        return false;
    request->cpu.fpu = (enum sevl_fpu)state;
    request->cpu.vmm = (enum sevl_vmm)vmm;
    const char *features = options->value[OPTION_SEV_FEATURES];
    return features == NULL || text_to_number(features, UINT64_MAX, &request->cpu.sev_features) ||
           console_fail(console, CODE_USAGE,
                        "--sev-features: expected a number of 64 bits, decimal or "
                        "0x hexadecimal, got '",
                        features, "'");
}

/* CPU state comes from one of: a CPU's numbers, name or signature, or files. */
static bool check_sources(struct console *console, const struct options *options)
{
    static const enum option built[] = {OPTION_CPU_FAMILY, OPTION_CPU_TYPE, OPTION_CPU_SIGNATURE};
    static const enum option dialect[] = {OPTION_VMSA_FPU, OPTION_SEV_FEATURES, OPTION_VMM,
                                          OPTION_VMSA_OUT};
    for (size_t i = 0; i < sizeof built / sizeof *built; i++)
        for (size_t j = i + 1; j < sizeof built / sizeof *built; j++)
            if (!check_exclude(options, console, built[i], built[j]))
                return false;
    for (size_t i = 0; i < sizeof built / sizeof *built; i++)
        if (!check_exclude(options, console, OPTION_VMSA_CPU0, built[i]))
            return false;
    for (size_t i = 0; i < sizeof dialect / sizeof *dialect; i++)
        if (!check_exclude(options, console, OPTION_VMSA_CPU0, dialect[i]))
            return false;
    return check_depend(options, console, OPTION_VMSA_CPU1, OPTION_VMSA_CPU0);
}

/* EC2 and GCE start CPUs of every model the same way. */
static bool check_vmm(const struct request *request, struct console *console,
                      const struct options *options)
{
    static const enum option model[] = {OPTION_CPU_FAMILY, OPTION_CPU_TYPE, OPTION_CPU_SIGNATURE,
                                        OPTION_VMSA_FPU};
    if (request->cpu.vmm == SEVL_VMM_QEMU)
        return true;
    for (size_t i = 0; i < sizeof model / sizeof *model; i++)
        if (options_have(options, model[i]))
            return console_fail(console, CODE_USAGE, option_forms[model[i]].name,
                                " has no effect on CPUs with --vmm ", options->value[OPTION_VMM]);
    return true;
}

/* Pages that are given are enough for all CPUs, whatever the policy is. */
static bool check_pages(const struct request *request, struct console *console)
{
    if (request->cpus > 1 && request->vmsa_cpu0 != NULL && request->vmsa_cpu1 == NULL)
        return console_fail(console, CODE_USAGE,
                            "--vmsa-cpu1 is required: there are more CPUs than one");
    return true;
}

bool cpus_read(struct request *request, struct console *console, const struct options *options)
{
    request->cpu_option = first_cpu_option(options);
    request->vmsa_cpu0 = options->value[OPTION_VMSA_CPU0];
    request->vmsa_cpu1 = options->value[OPTION_VMSA_CPU1];
    request->vmsa_out = options->value[OPTION_VMSA_OUT];
    if (!read_sku(request, console, options) || !check_sources(console, options) ||
        !check_number(options, console, OPTION_NUM_CPUS, 1, SEVL_CPUS_MAX, &request->cpus) ||
        !check_number(options, console, OPTION_CPU_SIGNATURE, 0, UINT32_MAX,
                      &request->cpu.signature) ||
        !read_type(request, console, options) || !read_dialect(request, console, options) ||
        !check_vmm(request, console, options) || !check_pages(request, console))
        return false;
    request->has_cpu = has_sku(options) || options_have(options, OPTION_CPU_TYPE) ||
                       options_have(options, OPTION_CPU_SIGNATURE) ||
                       request->cpu.vmm != SEVL_VMM_QEMU;
    if (request->vmsa_out != NULL && !request->has_cpu)
        return console_fail(console, CODE_USAGE,
                            "--vmsa-out requires a CPU: --cpu-type or --cpu-signature, for "
                            "example");
    return true;
}

bool cpus_check(const struct request *request, struct console *console)
{
    if (request->cpus == 0)
        return console_fail(console, CODE_USAGE,
                            "--num-cpus is required: the policy is that of an SEV-ES guest");
    if (!request->has_cpu && request->vmsa_cpu0 == NULL)
        return console_fail(console, CODE_USAGE,
                            "--vmsa-cpu0, or --cpu-family, --cpu-model and --cpu-stepping, or "
                            "--cpu-type, or --cpu-signature is required: the policy is that of "
                            "an SEV-ES guest");
    return true;
}
