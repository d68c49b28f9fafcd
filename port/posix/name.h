/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Where names lead. */
#ifndef SEVLAUNCH_NAME_H
#define SEVLAUNCH_NAME_H

#include <sys/stat.h>

#include "port.h"

/* Room for a name with its NUL. */
#define NAME_SIZE 4096

/*
 * Writes the path that a name leads to when its links are followed. What is under that
 * path is not a link, or there is nothing. Returns false with errno set if the name leads
 * nowhere.
 */
PORT_CHECK bool name_resolve(char path[NAME_SIZE], const char *name);

/* Return the last component of a path, and its folder, opened, or -1 with errno set. */
const char *name_last(const char *path);
PORT_CHECK int name_open_folder(const char *path);

/* Returns true if two statuses are of one file. */
PORT_CHECK bool name_is_file(const struct stat *status, const struct stat *other);

#endif
