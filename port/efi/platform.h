/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What the firmware hands to the application, set once at its start. */
#ifndef SEVLAUNCH_PLATFORM_H
#define SEVLAUNCH_PLATFORM_H

#include "efi.h"

extern EFI_SYSTEM_TABLE *platform_system;
extern EFI_LOADED_IMAGE_PROTOCOL *platform_image;

/* A protocol of a handle, or NULL when it has none. */
void *platform_protocol(EFI_HANDLE handle, const EFI_GUID *guid);

/* The first protocol of its kind that any handle has, or NULL. */
void *platform_locate(const EFI_GUID *guid);

/* Called by the firmware. */
EFI_STATUS efi_main(EFI_HANDLE handle, EFI_SYSTEM_TABLE *system);

#endif
