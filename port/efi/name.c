/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "port.h"
#include "volume.h"

bool port_is_same(const char *name, const char *other)
{
    CHAR16 path[PATH_UNITS];
    CHAR16 other_path[PATH_UNITS];
    const char *reason;
    const EFI_SIMPLE_FILE_SYSTEM_PROTOCOL *volume = volume_find(&reason, name, path);
    return volume != NULL && volume == volume_find(&reason, other, other_path) &&
           path_is_same(path, other_path);
}

/* The shell does not tell to which file it redirects a stream. */
bool port_is_stream(const char *name, enum port_stream stream)
{
    (void)name;
    (void)stream;
    return false;
}
