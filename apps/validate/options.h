/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* How a command line is read into the options that were given. */
#ifndef SEVLAUNCH_OPTIONS_H
#define SEVLAUNCH_OPTIONS_H

#include <stdbool.h>

#include "console.h"
#include "forms.h"

#define OPTIONS_SECRETS_MOST 16

/* What was given: an option's value, "" for a flag, NULL where it was not. */
struct options {
    const char *value[OPTION_COUNT];
    int secrets;
    const char *secret[OPTIONS_SECRETS_MOST]; /* every --inject-secret */
};

static inline bool options_have(const struct options *options, enum option option)
{
    return options->value[option] != NULL;
}

/*
 * Reads arguments up to a NULL, as Python's argparse does; the last of a
 * repeated option wins. Sets the console's --quiet and --debug. Returns false
 * after an error line that names the first mistake.
 */
PORT_CHECK bool options_parse(struct options *options, struct console *console,
                              const char *const arguments[]);

#endif
