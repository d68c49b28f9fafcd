/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The arguments of the application, from either form in which EFI gives them. */
#ifndef SEVLAUNCH_ARGUMENTS_H
#define SEVLAUNCH_ARGUMENTS_H

#include "efi.h"
#include "port.h"

/* Words, with the program's name, and bytes of their text. More is an error. */
#define ARGUMENTS_MAX 128
#define ARGUMENTS_ROOM 16384

/* It has pointers into itself: do not move it once it is filled. */
struct arguments {
    int count;
    const char *const *argv; /* ends with a NULL */
    const char *problem;     /* why there are no arguments, or NULL */
    size_t words;
    size_t used;
    const char *word[1 + ARGUMENTS_MAX + 1];
    char text[ARGUMENTS_ROOM];
};

/*
 * Splits load options: UTF-16 up to a NUL or to `size` bytes, at any alignment,
 * with or without a byte order mark. Blanks, tabs and line ends separate words;
 * quotes and '^' keep them together as in the UEFI shell. A shell puts the
 * program's name in front, a boot entry does not: the first word is the name
 * unless it starts with '-'. Without a name, argv[0] is "".
 *
 * Returns false, with the problem set, if the options are malformed, end within
 * quotes or after a '^', or do not fit.
 */
PORT_CHECK bool arguments_from_options(struct arguments *arguments, const void *options,
                                       size_t size);

/*
 * Converts the arguments that a shell has split. Returns false, with the problem
 * set, if they are malformed or do not fit.
 */
PORT_CHECK bool arguments_from_argv(struct arguments *arguments, size_t count,
                                    CHAR16 *const argv[]);

#endif
