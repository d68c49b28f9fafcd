/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "volume.h"

#include "platform.h"
#include "status.h"
#include "utf.h"

static const EFI_GUID file_system_guid = EFI_SIMPLE_FILE_SYSTEM_PROTOCOL_GUID;
static const EFI_GUID shell_guid = EFI_SHELL_PROTOCOL_GUID;

/* Where a name is looked up, in the shell's terms. */
struct volume_place {
    const EFI_SHELL_PROTOCOL *shell; /* NULL: there is none */
    CHAR16 mapping[PATH_UNITS];      /* "": the volume of the application */
    const CHAR16 *directory;
};

static bool set_mapping(struct volume_place *place, const CHAR16 *from)
{
    size_t length = path_mapping(from);
    if (length >= PATH_UNITS)
        return false;
    for (size_t i = 0; i < length; i++)
        place->mapping[i] = from[i];
    place->mapping[length] = 0;
    return true;
}

/* Returns false if the mapping is too long. */
static bool find_place(struct volume_place *place, const CHAR16 *name)
{
    const CHAR16 *current = NULL;
    place->shell = platform_locate(&shell_guid);
    place->directory = u"";
    if (!set_mapping(place, name))
        return false;
    if (place->shell != NULL)
        current = place->shell->GetCurDir(place->mapping[0] == 0 ? NULL : place->mapping);
    if (current == NULL)
        return true;
    place->directory = current + path_mapping(current);
    return set_mapping(place, current);
}

/* LocateDevicePath() also finds a parent that has a file system: the path must end there. */
static EFI_HANDLE device_handle(const EFI_DEVICE_PATH_PROTOCOL *device)
{
    EFI_HANDLE handle = NULL;
    if (device == NULL)
        return NULL;
    EFI_STATUS status =
        platform_system->BootServices->LocateDevicePath(&file_system_guid, &device, &handle);
    return status == EFI_SUCCESS && device->Type == END_DEVICE_PATH_TYPE ? handle : NULL;
}

static EFI_HANDLE find_device(const struct volume_place *place)
{
    if (place->mapping[0] == 0)
        return platform_image->DeviceHandle;
    return place->shell == NULL ? NULL
                                : device_handle(place->shell->GetDevicePathFromMap(place->mapping));
}

static const char *missing_reason(const struct volume_place *place)
{
    if (place->mapping[0] == 0)
        return "the application was not loaded from a file system";
    return place->shell == NULL ? "there is no shell to map it to a volume"
                                : "the shell maps it to no volume";
}

EFI_HANDLE volume_device(const char **reason, const char *name, CHAR16 path[PATH_UNITS])
{
    CHAR16 units[PATH_UNITS];
    struct volume_place place;
    if (!utf8_to_utf16(name, units, PATH_UNITS)) {
        status_fail(reason, EFI_ABORTED, "its name is too long");
        return NULL;
    }
    if (!find_place(&place, units) ||
        !path_join(path, place.directory, units + path_mapping(units))) {
        status_fail(reason, EFI_ABORTED, "its path is too long");
        return NULL;
    }
    EFI_HANDLE device = find_device(&place);
    if (device != NULL && platform_protocol(device, &file_system_guid) != NULL)
        return device;
    status_fail(reason, EFI_NOT_FOUND, missing_reason(&place));
    return NULL;
}

EFI_SIMPLE_FILE_SYSTEM_PROTOCOL *volume_find(const char **reason, const char *name,
                                             CHAR16 path[PATH_UNITS])
{
    EFI_HANDLE device = volume_device(reason, name, path);
    return device == NULL ? NULL : platform_protocol(device, &file_system_guid);
}

EFI_FILE_PROTOCOL *volume_open(const char **reason, const char *name, CHAR16 path[PATH_UNITS])
{
    EFI_FILE_PROTOCOL *root = NULL;
    EFI_SIMPLE_FILE_SYSTEM_PROTOCOL *volume = volume_find(reason, name, path);
    if (volume == NULL)
        return NULL;
    EFI_STATUS status = volume->OpenVolume(volume, &root);
    if (status == EFI_SUCCESS)
        return root;
    status_fail(reason, status, NULL);
    return NULL;
}
