/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "file.h"

#include "status.h"

const EFI_GUID file_info_guid = EFI_FILE_INFO_ID;

bool file_read_info(const char **reason, EFI_FILE_PROTOCOL *file, union file_info *info)
{
    UINTN room = sizeof *info;
    EFI_STATUS status = file->GetInfo(file, &file_info_guid, &room, info);
    if (status != EFI_SUCCESS)
        return status_fail(reason, status, NULL);
    return (info->info.Attribute & EFI_FILE_DIRECTORY) == 0 ||
           status_fail(reason, EFI_ABORTED, "it is a directory");
}
