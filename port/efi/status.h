/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* EFI's statuses, as text and as the application's exit code. */
#ifndef SEVLAUNCH_STATUS_H
#define SEVLAUNCH_STATUS_H

#include "efi.h"
#include "port.h"

/*
 * Keeps that a source or a sink failed with a status. Sets its reason to `text`, or to the
 * status's own text if `text` is NULL. Returns false, for the caller to return.
 */
bool status_fail(const char **reason, EFI_STATUS status, const char *text);

/*
 * Returns the status for an exit code of app_main(): for 0 EFI_SUCCESS, for 1
 * EFI_SECURITY_VIOLATION, for 2 EFI_INVALID_PARAMETER. For any other, the status of the
 * last failure; or EFI_ABORTED, if nothing failed or the status is one of these three.
 */
EFI_STATUS status_of_exit(int code);

#endif
