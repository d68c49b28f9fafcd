/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* CPUs of many models and states: the options that list them, and all that come of these. */
#ifndef SEVLAUNCH_CPU_LISTS_H
#define SEVLAUNCH_CPU_LISTS_H

#include <sevlaunch/guest/vmsa.h>

#include "lists.h"

/* What --vmsa-fpu takes for an enum sevl_fpu; a NULL follows. */
extern const char *const cpu_lists_fpu_words[];

/* Where the options of a command stand in its table. */
struct cpu_options {
    uint8_t family;
    uint8_t model;
    uint8_t stepping;
    uint8_t type;
    uint8_t signature;
    uint8_t fpu;
};

/*
 * Reads CPU models into a list, which stays empty where none is given. Only QEMU's CPUs depend
 * on a model; with another VMM, whose name `vmm_word` is, a signature alone may be given.
 * Returns CLI_GO_ON, or CLI_USAGE after an error line.
 */
PORT_CHECK enum cli_code cpu_lists_read_signatures(struct list_numbers *signatures,
                                                   const struct cli_arguments *arguments,
                                                   const struct cli_console *console,
                                                   const struct cpu_options *options,
                                                   enum sevl_vmm vmm, const char *vmm_word);

/* Returns CLI_USAGE after an error line: QEMU's CPUs need a model. */
PORT_CHECK enum cli_code cpu_lists_fail_signature(const struct cli_console *console);

/* Reads FPU states, in place of those that the list has. Returns as above. */
PORT_CHECK enum cli_code cpu_lists_read_fpus(struct list_numbers *fpus,
                                             const struct cli_arguments *arguments,
                                             const struct cli_console *console, size_t option);

/* What CPUs are made of: lists of one item or more, but for signatures. */
struct cpu_lists {
    enum sevl_vmm vmm;
    const struct list_numbers *signatures; /* none: the launcher's own */
    const struct list_numbers *features;
    const struct list_numbers *fpus;
};

/* How many CPUs come of them. */
uint64_t cpu_lists_count(const struct cpu_lists *lists);

/* Takes a CPU; CLI_GO_ON to go on. */
typedef enum cli_code cpu_lists_take(void *context, const struct sevl_cpu *cpu);

/*
 * Hands over a CPU of each signature, each SEV features and each FPU state, in this order.
 * Returns CLI_GO_ON, or what `take` returned other than that.
 */
PORT_CHECK enum cli_code cpu_lists_visit(const struct cpu_lists *lists, cpu_lists_take *take,
                                         void *context);

#endif
