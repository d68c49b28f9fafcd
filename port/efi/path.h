/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Turns file names as users write them into paths of a volume. */
#ifndef SEVLAUNCH_PATH_H
#define SEVLAUNCH_PATH_H

#include "efi.h"
#include "port.h"

/* Room for a path with its NUL. */
#define PATH_UNITS 1024

/*
 * Returns the length of the mapping that a name begins with, including its colon
 * ("FS0:"), or 0 if it begins with none.
 */
size_t path_mapping(const CHAR16 *name);

/*
 * Writes the path of `name` from the root of its volume. A name that begins with no
 * slash is relative to `directory`. Both are without a mapping. Slashes of either
 * kind become single backslashes; "." and ".." are resolved; ".." at the root is the
 * root.
 *
 * Returns false if the path does not fit.
 */
PORT_CHECK bool path_join(CHAR16 path[PATH_UNITS], const CHAR16 *directory, const CHAR16 *name);

/*
 * Returns true if two such paths are of one file on FAT: the case of letters does not
 * matter (those of Latin-1, as in EDK2's English collation), nor do blanks before a
 * component or blanks and dots after it. A short name (LONGNA~1) and its long name count
 * as two files.
 */
PORT_CHECK bool path_is_same(const CHAR16 *path, const CHAR16 *other);

#endif
