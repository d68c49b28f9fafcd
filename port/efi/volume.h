/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef SEVLAUNCH_VOLUME_H
#define SEVLAUNCH_VOLUME_H

#include "path.h"

/*
 * Finds the volume that a name is on, and writes the path that the name has there. In a
 * shell with a current directory, names mean what they mean to its commands. Otherwise
 * a name without a mapping starts at the root of the volume that the application was
 * loaded from.
 *
 * Returns NULL, with the reason set, if that fails.
 */
EFI_SIMPLE_FILE_SYSTEM_PROTOCOL *volume_find(const char **reason, const char *name,
                                             CHAR16 path[PATH_UNITS]);

/* Does the same, and returns the device that has the volume. */
EFI_HANDLE volume_device(const char **reason, const char *name, CHAR16 path[PATH_UNITS]);

/* Does the same, and opens the root of the volume. */
EFI_FILE_PROTOCOL *volume_open(const char **reason, const char *name, CHAR16 path[PATH_UNITS]);

#endif
