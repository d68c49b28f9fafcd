/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* How a step of a command ends, and the command itself. */
#ifndef SEVLAUNCH_CLI_CODE_H
#define SEVLAUNCH_CLI_CODE_H

/*
 * A step returns CLI_GO_ON, or the exit code that the command ends with. Exit codes are
 * those that the man page lists.
 */
enum cli_code {
    CLI_SUCCESS = 0,
    CLI_MISMATCH = 1,
    CLI_USAGE = 2,
    CLI_FAILED = 3,
    CLI_GO_ON = 0x5ac3 /* many bits from an exit code */
};

/*
 * The exit code of a command whose last step returned `code`: what is no exit code, as
 * CLI_GO_ON, is a failure. Only a step that returns CLI_SUCCESS itself gives a 0.
 */
static inline enum cli_code cli_exit_code(enum cli_code code)
{
    switch (code) {
    case CLI_SUCCESS:
    case CLI_MISMATCH:
    case CLI_USAGE:
        return code;
    default:
        return CLI_FAILED;
    }
}

#endif
