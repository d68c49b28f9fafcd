/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Files of the semihosting host: what sources and sinks have in common. */
#ifndef SEVLAUNCH_FILE_H
#define SEVLAUNCH_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Of names, without their NUL. */
#define FILE_NAME_MAX 1000

/* A name with a suffix of at most 5 characters behind it. */
struct file_name {
    size_t length;
    char text[FILE_NAME_MAX + 5 + 1];
};

size_t file_name_length(const char *name);
void file_name_join(struct file_name *joined, const char *name, const char *suffix);

/* Whether the name is one of a directory. */
bool file_is_directory(const char *name);

void file_close(uintptr_t handle);

/* Returns whether all bytes were taken; the host may take some at a time. */
bool file_write(uintptr_t handle, const void *bytes, size_t size);

/* The host's reason for what it just refused; `otherwise` when it gives no known one. */
const char *file_reason(const char *otherwise);

#endif
