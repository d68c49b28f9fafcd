/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What sources and sinks need to know of a file. */
#ifndef SEVLAUNCH_FILE_H
#define SEVLAUNCH_FILE_H

#include "path.h"

/* The information ends with the file's name, for which this has room. */
union file_info {
    EFI_FILE_INFO info;
    uint8_t bytes[sizeof(EFI_FILE_INFO) + PATH_UNITS * sizeof(CHAR16)];
};

extern const EFI_GUID file_info_guid;

/* Returns false, with the reason set, if it cannot be read or is that of a directory. */
PORT_CHECK bool file_read_info(const char **reason, EFI_FILE_PROTOCOL *file, union file_info *info);

#endif
