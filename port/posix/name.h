/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Where names lead. */
#ifndef SEVLAUNCH_NAME_H
#define SEVLAUNCH_NAME_H

#include <sys/stat.h>

#include "port.h"

/* Room for a name with its NUL. */
#define NAME_SIZE 4096

/*
 * Writes the path that a name leads to when its links are followed: what is there is
 * no link, or nothing is. Returns false with errno set when it leads nowhere.
 */
PORT_CHECK bool name_resolve(char path[NAME_SIZE], const char *name);

/* The last component of a path, and its folder, opened; -1 with errno set. */
const char *name_last(const char *path);
PORT_CHECK int name_open_folder(const char *path);

/* Whether two statuses are of one file. */
PORT_CHECK bool name_is_file(const struct stat *status, const struct stat *other);

#endif
