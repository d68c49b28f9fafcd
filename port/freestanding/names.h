/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Compares names of files, for platforms that have only the text of a name. */
#ifndef SEVLAUNCH_NAMES_H
#define SEVLAUNCH_NAMES_H

#include <stdbool.h>

/*
 * Returns true if two paths are the same once empty components and "." are left out, and
 * ".." has removed the component before it. Slashes separate components.
 */
bool names_are_same(const char *name, const char *other);

#endif
