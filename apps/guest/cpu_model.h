/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* CPU models, as options name them. Inline, for a command calls each function once. */
#ifndef SEVLAUNCH_CPU_MODEL_H
#define SEVLAUNCH_CPU_MODEL_H

#include <sevlaunch/guest/cpu_types.h>

#include "cli/console.h"
#include "cli/text.h"

/* What CPUID leaf 1 has room for. */
#define CPU_FAMILY_MAX 270
#define CPU_MODEL_MAX 255
#define CPU_STEPPING_MAX 15

/* What cpu_model_find() knows, for error lines. */
#define CPU_MODEL_EXPECTED \
    "EPYC, EPYC-Rome, EPYC-Milan, EPYC-Genoa or EPYC-Turin, with -v and a version or without"

/* "EPYC-Milan", or "EPYC-Milan-v2": no version changes the signature. */
static inline bool cpu_model_has_name(const struct sevl_cpu_type *model, const char *name)
{
    size_t length = text_length(model->name);
    uint64_t version = 0;
    if (!text_begins(name, model->name, length))
        return false;
    name += length;
    return *name == '\0' || (text_begins(name, "-v", 2) && name[2] != '0' &&
                             text_to_number(name + 2, UINT64_MAX, &version));
}

/* Finds a model of QEMU's, named with a version or without; NULL if there is none. */
static inline const struct sevl_cpu_type *cpu_model_find(const char *name)
{
    if (text_equal(name, "EPYC-IBPB"))
        return &sevl_cpu_types[0];
    for (size_t i = 0; i < SEVL_CPU_TYPES; i++)
        if (cpu_model_has_name(&sevl_cpu_types[i], name))
            return &sevl_cpu_types[i];
    return NULL;
}

/* What QEMU and libvirt call the host's own CPU: its name does not tell a signature. */
static inline bool cpu_model_is_host(const char *name)
{
    static const char names[] = "host\0max\0host-passthrough\0host-model\0maximum\0";
    for (const char *next = names; *next != '\0'; next += text_length(next) + 1)
        if (text_equal(name, next))
            return true;
    return false;
}

/* Returns CLI_GO_ON, or CLI_USAGE after an error line if a name is that of the host's CPU. */
PORT_CHECK static inline enum cli_code cpu_model_check(const struct cli_console *console,
                                                       const char *name)
{
    if (!cpu_model_is_host(name))
        return CLI_GO_ON;
    return cli_error(console, CLI_USAGE, "--cpu-type: '", name,
                     "' is the CPU that the host has: give its --cpu-family, --cpu-model and "
                     "--cpu-stepping, which are in /proc/cpuinfo there, and in what 'virsh "
                     "capabilities' prints");
}

/* The name of the model with a signature, without a version; NULL if there is none. */
static inline const char *cpu_model_name(uint32_t signature)
{
    for (size_t i = 0; i < SEVL_CPU_TYPES; i++)
        if (sevl_cpu_types[i].signature == signature)
            return sevl_cpu_types[i].name;
    return NULL;
}

#endif
