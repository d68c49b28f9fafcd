/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The command and its options: options.def lists them. */
#ifndef SEVLAUNCH_OPTIONS_H
#define SEVLAUNCH_OPTIONS_H

#include "cli/option.h"

#define OPTION(name, ...) OPTION_##name,
enum option {
#include "options.def"
    OPTION_COUNT
};
#undef OPTION

/* What this command alone wants to know of an option. */
enum mark {
    MARK_NONE = 0,
    MARK_MANNER = 1,  /* how the command speaks: it can be given with everything */
    MARK_VERDICT = 2, /* only a verdict needs it */
    MARK_MEASURE = 4, /* only a computed MEASURE needs it */
    MARK_CPUS = 8,    /* it is about CPUs */
    MARK_MODEL = 16   /* it chooses what differs between QEMU's CPU models */
};

extern const struct cli_command validate_command;

/* The first option with a mark that is given, or OPTION_COUNT. */
size_t options_first_marked(const struct cli_arguments *arguments, enum mark mark);

#endif
