/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What the firmware gives to the application; efi_main() sets it once. */
#ifndef SEVLAUNCH_PLATFORM_H
#define SEVLAUNCH_PLATFORM_H

#include "efi.h"

extern EFI_SYSTEM_TABLE *platform_system;
extern EFI_HANDLE platform_handle; /* of the application's own image */
extern EFI_LOADED_IMAGE_PROTOCOL *platform_image;

/* Returns a protocol of a handle, or NULL if it has none. */
void *platform_protocol(EFI_HANDLE handle, const EFI_GUID *guid);

/* Returns the first protocol of its kind that any handle has, or NULL. */
void *platform_locate(const EFI_GUID *guid);

/* Called by the firmware. */
EFI_STATUS efi_main(EFI_HANDLE handle, EFI_SYSTEM_TABLE *system);

#endif
