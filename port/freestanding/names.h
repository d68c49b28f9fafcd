/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Names of files, for platforms that know nothing but the text of one. */
#ifndef SEVLAUNCH_NAMES_H
#define SEVLAUNCH_NAMES_H

#include <stdbool.h>

/*
 * Whether two paths, separated by slashes, are the same when empty components and "."
 * are left out and ".." takes away the component before it.
 */
bool names_are_same(const char *name, const char *other);

#endif
