/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "platform.h"

EFI_SYSTEM_TABLE *platform_system;
EFI_HANDLE platform_handle;
EFI_LOADED_IMAGE_PROTOCOL *platform_image;

void *platform_protocol(EFI_HANDLE handle, const EFI_GUID *guid)
{
    void *protocol = NULL;
    EFI_STATUS status = platform_system->BootServices->HandleProtocol(handle, guid, &protocol);
    return status == EFI_SUCCESS ? protocol : NULL;
}

void *platform_locate(const EFI_GUID *guid)
{
    void *protocol = NULL;
    EFI_STATUS status = platform_system->BootServices->LocateProtocol(guid, NULL, &protocol);
    return status == EFI_SUCCESS ? protocol : NULL;
}
