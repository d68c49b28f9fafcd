/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* File names as users write them, made into those that a volume takes. */
#ifndef SEVLAUNCH_PATH_H
#define SEVLAUNCH_PATH_H

#include "efi.h"
#include "port.h"

/* Room for a path with its NUL. */
#define PATH_UNITS 1024

/*
 * Returns the length of the mapping that a name begins with, its colon included
 * ("FS0:"), or 0 when it begins with none.
 */
size_t path_mapping(const CHAR16 *name);

/*
 * Writes the path of `name` from the root of its volume: names that begin with
 * no slash are taken from `directory`. Both are without a mapping. Slashes of
 * either kind become single backslashes, "." and ".." are resolved, ".." at the
 * root being the root.
 *
 * Returns false when the path does not fit.
 */
PORT_CHECK bool path_join(CHAR16 path[PATH_UNITS], const CHAR16 *directory, const CHAR16 *name);

/*
 * Whether two such paths are of one file on FAT: the case of letters does not matter
 * (those of Latin-1, as EDK2's English collation has it), nor do blanks before a
 * component or blanks and dots after it. Short names (LONGNA~1) are not known for what
 * they are.
 */
PORT_CHECK bool path_is_same(const CHAR16 *path, const CHAR16 *other);

#endif
