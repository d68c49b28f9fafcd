/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Files of the semihosting host: what sources and sinks have in common. */
#ifndef SEVLAUNCH_FILE_H
#define SEVLAUNCH_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Of names, without their NUL. */
#define FILE_NAME_MAX 1000

/* A name and a suffix of at most 5 characters. */
struct file_name {
    size_t length;
    char text[FILE_NAME_MAX + 5 + 1];
};

size_t file_name_length(const char *name);
void file_name_join(struct file_name *joined, const char *name, const char *suffix);

/* Returns true if the name is that of a directory. */
bool file_is_directory(const char *name);

void file_close(uintptr_t handle);

/* Writes all bytes, in as many calls as the host needs. Returns false if it stops before. */
bool file_write(uintptr_t handle, const void *bytes, size_t size);

/* Returns the host's reason for its last refusal, or `otherwise` if the reason is unknown. */
const char *file_reason(const char *otherwise);

#endif
