/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What the user runs the command for. */
#ifndef SEVLAUNCH_PURPOSE_H
#define SEVLAUNCH_PURPOSE_H

#include "cli/console.h"
#include "options.h"

/*
 * Each purpose is one meaning of the exit code 0, and there is no other. A caller
 * takes a 0 for "this guest may have its secret" unless they asked for something
 * that cannot be mistaken for it.
 */
enum purpose {
    PURPOSE_VALIDATE, /* the reported measurement matches, and all else that was asked for is done
                       */
    PURPOSE_EXPECT,   /* the expected values were printed; nothing was given to validate */
    PURPOSE_HELP,     /* the help was shown, whatever was given beside it */
    PURPOSE_VERSION,  /* the version was shown; nothing was given beside it */
    PURPOSE_SELF_TEST /* the self-test passed; nothing was given beside it */
};

/*
 * Tells the purpose from the options alone, before a file is opened: what the host
 * reports must not turn a validation into something that succeeds without a verdict.
 */
enum purpose purpose_of(const struct cli_arguments *arguments);

/*
 * Returns CLI_GO_ON, or CLI_USAGE after an error line when --version or --self-test does
 * not stand alone: its success must not pass for a verdict on the options beside it.
 */
PORT_CHECK enum cli_code purpose_check(const struct cli_arguments *arguments,
                                       const struct cli_console *console, enum purpose purpose);

#endif
