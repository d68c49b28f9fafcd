/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "file.h"

#include <string.h>

#include "semihosting.h"

size_t file_name_length(const char *name)
{
    size_t length = 0;
    while (name[length] != '\0')
        length++;
    return length;
}

void file_name_join(struct file_name *joined, const char *name, const char *suffix)
{
    size_t length = file_name_length(name);
    size_t more = file_name_length(suffix);
    memcpy(joined->text, name, length);
    memcpy(joined->text + length, suffix, more + 1);
    joined->length = length + more;
}

/* Only a directory has an entry named ".". */
bool file_is_directory(const char *name)
{
    struct file_name entry;
    file_name_join(&entry, name, "/.");
    uintptr_t handle = semihosting_open(entry.text, SEMIHOSTING_RB);
    if (handle == SEMIHOSTING_FAILED)
        return false;
    file_close(handle);
    return true;
}

void file_close(uintptr_t handle)
{
    (void)semihosting_call(SEMIHOSTING_CLOSE, &handle);
}

bool file_write(uintptr_t handle, const void *bytes, size_t size)
{
    const char *next = bytes;
    while (size > 0) {
        const uintptr_t block[] = {handle, (uintptr_t)next, size};
        uintptr_t left = semihosting_call(SEMIHOSTING_WRITE, block);
        if (left >= size)
            return false;
        next += size - left;
        size = left;
    }
    return true;
}

/* In strerror()'s words: the host's numbers are those of its errno. */
const char *file_reason(const char *otherwise)
{
    switch (semihosting_call(SEMIHOSTING_ERRNO, NULL)) {
    case 2:
        return "No such file or directory";
    case 13:
        return "Permission denied";
    case 21:
        return "Is a directory";
    default:
        return otherwise;
    }
}
