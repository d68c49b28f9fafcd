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

struct file_name file_name_with(const char *name, const char *suffix)
{
    struct file_name with;
    size_t length = file_name_length(name);
    size_t more = file_name_length(suffix);
    memcpy(with.text, name, length);
    memcpy(with.text + length, suffix, more + 1);
    with.length = length + more;
    return with;
}

/* Only a directory has an entry of the name ".". */
bool file_is_directory(const char *name)
{
    struct file_name entry = file_name_with(name, "/.");
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

/* As strerror() says it: the host's numbers are those of its errno. */
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
