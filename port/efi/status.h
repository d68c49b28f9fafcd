/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* EFI's statuses: for people, and as the exit code of the application. */
#ifndef SEVLAUNCH_STATUS_H
#define SEVLAUNCH_STATUS_H

#include "efi.h"
#include "port.h"

/*
 * Notes that a source or a sink failed with a status: sets its reason to `text`, or
 * for NULL to what the status says. Returns false, for the caller to return.
 */
bool status_fail(const char **reason, EFI_STATUS status, const char *text);

/*
 * The status that an exit code of app_main() becomes: of 0 EFI_SUCCESS, of 1
 * EFI_SECURITY_VIOLATION, of 2 EFI_INVALID_PARAMETER; of all others what the
 * last of them failed with, or EFI_ABORTED when that was none or one of these.
 */
EFI_STATUS status_of_exit(int code);

#endif
