/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The options of the command: their names, their values, their help. */
#ifndef SEVLAUNCH_FORMS_H
#define SEVLAUNCH_FORMS_H

#include <stdbool.h>

enum option {
    OPTION_HELP,
    OPTION_VERSION,
    OPTION_SELF_TEST,
    OPTION_DEBUG,
    OPTION_QUIET,
    OPTION_JSON,
    OPTION_NO_HINTS,
    OPTION_MEASUREMENT, /* the first of those that describe a guest */
    OPTION_API_MAJOR,
    OPTION_API_MINOR,
    OPTION_BUILD_ID,
    OPTION_POLICY,
    OPTION_LAUNCH_INFO,
    OPTION_FIRMWARE,
    OPTION_LAUNCH_DIGEST,
    OPTION_KERNEL,
    OPTION_INITRD,
    OPTION_CMDLINE,
    OPTION_CMDLINE_FILE,
    OPTION_NUM_CPUS,
    OPTION_VMSA_CPU0,
    OPTION_VMSA_CPU1,
    OPTION_CPU_FAMILY,
    OPTION_CPU_MODEL,
    OPTION_CPU_STEPPING,
    OPTION_CPU_TYPE,
    OPTION_CPU_SIGNATURE,
    OPTION_VMSA_FPU,
    OPTION_SEV_FEATURES,
    OPTION_VMM,
    OPTION_VMSA_OUT,
    OPTION_TIK,
    OPTION_TEK,
    OPTION_TK,
    OPTION_PRINT_DIGEST,
    OPTION_PRINT_MEASUREMENT,
    OPTION_NONCE,
    OPTION_INJECT_SECRET,
    OPTION_SECRET_HEADER,
    OPTION_SECRET_PAYLOAD,
    OPTION_SECRET_PADDING,
    OPTION_COUNT
};

/* How an option is written, and what the help says of it. */
struct option_form {
    const char *name;  /* with its two dashes */
    const char *value; /* what stands for the value in the help; NULL for a flag */
    const char *help;
    const char *group; /* the heading that this option is the first under, or NULL */
    char letter;       /* '\0' when there is none */
    bool own;          /* libvirt's tool has no such option: its abbreviations come first */
};
extern const struct option_form option_forms[OPTION_COUNT];

#endif
