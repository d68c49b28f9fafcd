/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The files of a launch session: all of them appear, or none. */
#ifndef SEVLAUNCH_SEV_SESSION_FILES_H
#define SEVLAUNCH_SEV_SESSION_FILES_H

#include <sevlaunch/base64.h>
#include <sevlaunch/sev/session.h>

#include "cli/console.h"
#include "cli/option.h"

/* A session, and what of it goes to the host, as text. TEK and TIK are secret. */
struct launch_session {
    struct sevl_sev_session made;
    char dh_cert[SEVL_BASE64_SIZE(SEVL_SEV_CERTIFICATE_SIZE)];
    char blob[SEVL_BASE64_SIZE(SEVL_SEV_SESSION_SIZE)];
};

/* For the host, for the host, TEK and TIK; the last two are not written if there is a `tk`. */
#define SESSION_NAMES 4
#define SESSION_NAME_SIZE 1024
struct session_files {
    char name[SESSION_NAMES][SESSION_NAME_SIZE];
    const char *tk; /* of a file with both keys, or NULL */
};

/*
 * Makes the names, which begin with `start`; `tk` is set already. Returns CLI_GO_ON; or CLI_USAGE
 * after an error line if `start` is empty or too long, or a name leads to a file that an option
 * names, or to what is printed to.
 */
PORT_CHECK enum cli_code session_files_name(struct session_files *files,
                                            const struct cli_arguments *arguments,
                                            const struct cli_console *console, const char *start);

/* How many files there are, and the name of the n-th. */
size_t session_files_count(const struct session_files *files);
const char *session_files_path(const struct session_files *files, size_t n);

/* Writes them. Returns CLI_GO_ON, or CLI_FAILED after an error line. */
PORT_CHECK enum cli_code session_files_write(const struct session_files *files,
                                             const struct cli_console *console,
                                             const struct launch_session *session);

#endif
