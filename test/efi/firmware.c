/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "firmware.h"

#include <stdbool.h>
#include <string.h>

struct firmware firmware;
char firmware_own_device;
char firmware_other_device;

static const EFI_GUID loaded_image_guid = EFI_LOADED_IMAGE_PROTOCOL_GUID;
static const EFI_GUID parameters_guid = EFI_SHELL_PARAMETERS_PROTOCOL_GUID;
static const EFI_GUID file_system_guid = EFI_SIMPLE_FILE_SYSTEM_PROTOCOL_GUID;
static const EFI_GUID file_info_guid = EFI_FILE_INFO_ID;
static const EFI_GUID device_path_guid = EFI_DEVICE_PATH_PROTOCOL_GUID;
static const EFI_GUID rng_guid = EFI_RNG_PROTOCOL_GUID;
static const EFI_GUID shell_guid = EFI_SHELL_PROTOCOL_GUID;

static bool is_guid(const EFI_GUID *a, const EFI_GUID *b)
{
    return memcmp(a, b, sizeof *a) == 0;
}

static size_t copy(CHAR16 *to, const CHAR16 *from)
{
    size_t length = 0;
    for (; from[length] != 0; length++)
        to[length] = from[length];
    to[length] = 0;
    return length;
}

static EFI_STATUS close_file(EFI_FILE_PROTOCOL *file)
{
    (void)file;
    firmware.closed++;
    return EFI_SUCCESS;
}

static EFI_STATUS get_info(EFI_FILE_PROTOCOL *file, const EFI_GUID *type, UINTN *size, void *buffer)
{
    EFI_FILE_INFO *info = buffer;
    (void)file;
    if (!is_guid(type, &file_info_guid))
        return EFI_UNSUPPORTED;
    if (*size < sizeof *info + 2 * sizeof(CHAR16))
        return EFI_BUFFER_TOO_SMALL;
    memset(buffer, 0xff, *size);
    info->FileSize = firmware.infos++ == 0 ? firmware.size : firmware.size_at_end;
    info->Attribute = firmware.attribute;
    return firmware.info_status;
}

static EFI_STATUS read_file(EFI_FILE_PROTOCOL *file, UINTN *size, void *buffer)
{
    uint64_t left = firmware.size - firmware.position;
    (void)file;
    if (*size > firmware.largest_read)
        firmware.largest_read = *size;
    if (*size > left)
        *size = (UINTN)left;
    memset(buffer, 'x', *size);
    firmware.position += *size;
    *size += firmware.excess;
    return firmware.read_status;
}

static EFI_STATUS delete_old(EFI_FILE_PROTOCOL *file)
{
    (void)file;
    firmware.closed++;
    firmware.old = FIRMWARE_GONE;
    return EFI_SUCCESS;
}

static EFI_STATUS delete_part(EFI_FILE_PROTOCOL *file)
{
    (void)file;
    firmware.closed++;
    firmware.parts_deleted++;
    firmware.new = FIRMWARE_GONE;
    return EFI_SUCCESS;
}

static EFI_STATUS write_part(EFI_FILE_PROTOCOL *file, UINTN *size, const void *buffer)
{
    (void)file;
    (void)buffer;
    *size -= firmware.missing;
    firmware.written += *size;
    return firmware.write_status;
}

static EFI_STATUS flush_part(EFI_FILE_PROTOCOL *file)
{
    (void)file;
    return firmware.flush_status;
}

static bool ends(const CHAR16 *path, const CHAR16 *suffix)
{
    size_t length = 0;
    size_t more = 0;
    while (path[length] != 0)
        length++;
    while (suffix[more] != 0)
        more++;
    return length >= more && memcmp(path + length - more, suffix, more * sizeof *suffix) == 0;
}

static enum firmware_place place_of(const CHAR16 *path)
{
    return ends(path, u".part")   ? FIRMWARE_PART
           : ends(path, u".back") ? FIRMWARE_BACK
                                  : FIRMWARE_NAME;
}

static bool is_there(const CHAR16 *path)
{
    enum firmware_place place = place_of(path);
    return firmware.old == place || firmware.new == place ||
           (place == FIRMWARE_PART && firmware.has_part) ||
           (place == FIRMWARE_BACK && firmware.has_back);
}

/* As EDK2's driver for FAT: refuses times that are not zero, and a name that exists. */
static EFI_STATUS rename_as(enum firmware_place *place, const EFI_GUID *type, UINTN size,
                            const void *buffer)
{
    const EFI_FILE_INFO *info = buffer;
    if (!is_guid(type, &file_info_guid) || info->Size != size)
        return EFI_UNSUPPORTED;
    if (info->CreateTime[0] != 0 || info->LastAccessTime[0] != 0 || info->ModificationTime[1] != 0)
        return EFI_INVALID_PARAMETER;
    if (info->Attribute != firmware.attribute || info->FileSize != firmware.size)
        return EFI_INVALID_PARAMETER;
    if (is_there(info->FileName))
        return EFI_ACCESS_DENIED;
    if (++firmware.renames == firmware.failing_rename)
        return firmware.rename_status;
    (void)copy(firmware.renamed, info->FileName);
    *place = place_of(info->FileName);
    return EFI_SUCCESS;
}

static EFI_STATUS rename_new(EFI_FILE_PROTOCOL *file, const EFI_GUID *type, UINTN size,
                             const void *buffer)
{
    (void)file;
    return rename_as(&firmware.new, type, size, buffer);
}

static EFI_STATUS rename_old(EFI_FILE_PROTOCOL *file, const EFI_GUID *type, UINTN size,
                             const void *buffer)
{
    (void)file;
    return rename_as(&firmware.old, type, size, buffer);
}

static EFI_STATUS open_as(EFI_FILE_PROTOCOL **file, EFI_FILE_PROTOCOL *opened)
{
    firmware.opened++;
    *file = opened;
    return EFI_SUCCESS;
}

static EFI_STATUS create_as(EFI_FILE_PROTOCOL **file, EFI_FILE_PROTOCOL *created,
                            const CHAR16 *path)
{
    if (place_of(path) != FIRMWARE_PART || is_there(path))
        return EFI_ACCESS_DENIED;
    firmware.new = FIRMWARE_PART;
    return open_as(file, created);
}

static EFI_STATUS open_file(EFI_FILE_PROTOCOL *root, EFI_FILE_PROTOCOL **file, const CHAR16 *path,
                            uint64_t mode, uint64_t attributes)
{
    static EFI_FILE_PROTOCOL opened = {.Close = close_file, .GetInfo = get_info, .Read = read_file};
    static EFI_FILE_PROTOCOL old = {.Close = close_file,
                                    .Delete = delete_old,
                                    .GetInfo = get_info,
                                    .SetInfo = rename_old};
    static EFI_FILE_PROTOCOL part = {.Close = close_file,
                                     .Delete = delete_part,
                                     .Write = write_part,
                                     .Flush = flush_part,
                                     .GetInfo = get_info,
                                     .SetInfo = rename_new};
    const uint64_t mode_write = EFI_FILE_MODE_READ | EFI_FILE_MODE_WRITE;
    (void)root;
    if (attributes != 0)
        return EFI_INVALID_PARAMETER;
    (void)copy(firmware.path, path);
    if (firmware.open_status != EFI_SUCCESS)
        return firmware.open_status;
    if (mode == (mode_write | EFI_FILE_MODE_CREATE))
        return create_as(file, &part, path);
    if (!is_there(path))
        return EFI_NOT_FOUND;
    return mode == EFI_FILE_MODE_READ ? open_as(file, &opened)
           : mode == mode_write       ? open_as(file, &old)
                                      : EFI_INVALID_PARAMETER;
}

static EFI_STATUS open_volume(EFI_SIMPLE_FILE_SYSTEM_PROTOCOL *volume, EFI_FILE_PROTOCOL **root)
{
    static EFI_FILE_PROTOCOL opened = {.Open = open_file, .Close = close_file};
    (void)volume;
    if (firmware.volume_status != EFI_SUCCESS)
        return firmware.volume_status;
    firmware.opened++;
    *root = &opened;
    return EFI_SUCCESS;
}

static EFI_STATUS handle_protocol(EFI_HANDLE handle, const EFI_GUID *guid, void **protocol)
{
    static EFI_SIMPLE_FILE_SYSTEM_PROTOCOL volume = {.OpenVolume = open_volume};
    static EFI_SIMPLE_FILE_SYSTEM_PROTOCOL other = {.OpenVolume = open_volume};
    *protocol = NULL;
    if (is_guid(guid, &loaded_image_guid))
        *protocol = &firmware.image;
    else if (is_guid(guid, &parameters_guid))
        *protocol = firmware.parameters;
    else if (is_guid(guid, &file_system_guid) && handle != NULL)
        *protocol = handle == &firmware_other_device ? &other : &volume;
    else if (is_guid(guid, &device_path_guid))
        *protocol = (void *)(uintptr_t)firmware.device_path;
    firmware.device = handle;
    return *protocol == NULL ? EFI_UNSUPPORTED : EFI_SUCCESS;
}

static bool is_mapping(const CHAR16 *mapping)
{
    static const CHAR16 name[] = u"FS1:";
    return memcmp(mapping, name, sizeof name) == 0;
}

static const EFI_DEVICE_PATH_PROTOCOL *device_path_from_map(const CHAR16 *mapping)
{
    static const EFI_DEVICE_PATH_PROTOCOL path[] = {{1, 1, {4, 0}}, {0x7f, 0xff, {4, 0}}};
    return is_mapping(mapping) ? path : NULL;
}

static const CHAR16 *current_directory(const CHAR16 *mapping)
{
    if (mapping == NULL)
        return firmware.current;
    return is_mapping(mapping) ? firmware.current_1 : NULL;
}

static EFI_STATUS locate_device_path(const EFI_GUID *guid, const EFI_DEVICE_PATH_PROTOCOL **path,
                                     EFI_HANDLE *device)
{
    if (!is_guid(guid, &file_system_guid))
        return EFI_NOT_FOUND;
    if (!firmware.is_behind)
        ++*path;
    *device = &firmware_other_device;
    return EFI_SUCCESS;
}

static EFI_STATUS get_rng(EFI_RNG_PROTOCOL *rng, const EFI_GUID *algorithm, UINTN size,
                          uint8_t *bytes)
{
    (void)rng;
    if (algorithm != NULL && !is_guid(algorithm, firmware.algorithm))
        return EFI_UNSUPPORTED;
    memset(bytes, 'r', size);
    return EFI_SUCCESS;
}

static EFI_STATUS locate_protocol(const EFI_GUID *guid, void *registration, void **protocol)
{
    static EFI_SHELL_PROTOCOL shell = {.GetDevicePathFromMap = device_path_from_map,
                                       .GetCurDir = current_directory};
    static EFI_RNG_PROTOCOL rng = {.GetRNG = get_rng};
    (void)registration;
    if (firmware.algorithm != NULL && is_guid(guid, &rng_guid)) {
        *protocol = &rng;
        return EFI_SUCCESS;
    }
    if (!firmware.has_shell || !is_guid(guid, &shell_guid))
        return EFI_NOT_FOUND;
    *protocol = &shell;
    return EFI_SUCCESS;
}

static EFI_STATUS set_watchdog_timer(UINTN timeout, uint64_t code, UINTN size, const CHAR16 *data)
{
    if (timeout == 0 && code == 0 && size == 0 && data == NULL)
        firmware.watchdog_calls++;
    return EFI_SUCCESS;
}

static char next_image;

static size_t path_size(const uint8_t *path)
{
    size_t size = 0;
    while (path[size] != END_DEVICE_PATH_TYPE)
        size += path[size + 2] | (size_t)path[size + 3] << 8;
    return size + 4;
}

static EFI_STATUS load_image(unsigned char policy, EFI_HANDLE parent,
                             const EFI_DEVICE_PATH_PROTOCOL *path, void *buffer, UINTN size,
                             EFI_HANDLE *image)
{
    if (policy != 0 || buffer != NULL || size != 0)
        return EFI_INVALID_PARAMETER;
    memcpy(firmware.loaded, path, path_size((const uint8_t *)path));
    firmware.parent = parent;
    if (firmware.load_status == EFI_SUCCESS || firmware.loads_refused) {
        *image = &next_image;
        firmware.images_loaded++;
    }
    return firmware.load_status;
}

static EFI_STATUS start_image(EFI_HANDLE image, UINTN *size, CHAR16 **data)
{
    if (image != &next_image || size != NULL || data != NULL)
        return EFI_INVALID_PARAMETER;
    firmware.images_started++;
    return firmware.image_status;
}

static EFI_STATUS unload_image(EFI_HANDLE image)
{
    if (image != &next_image)
        return EFI_INVALID_PARAMETER;
    firmware.images_unloaded++;
    return EFI_SUCCESS;
}

static EFI_STATUS print_out(EFI_SIMPLE_TEXT_OUTPUT_PROTOCOL *console, const CHAR16 *text)
{
    (void)console;
    firmware.out_length += copy(firmware.out + firmware.out_length, text);
    return firmware.print_status;
}

static EFI_STATUS print_err(EFI_SIMPLE_TEXT_OUTPUT_PROTOCOL *console, const CHAR16 *text)
{
    (void)console;
    firmware.err_length += copy(firmware.err + firmware.err_length, text);
    return firmware.print_status;
}

static EFI_STATUS get_time(EFI_TIME *time, void *capabilities)
{
    (void)capabilities;
    *time = firmware.time;
    return firmware.time_status;
}

EFI_SYSTEM_TABLE *firmware_reset(void)
{
    static EFI_SIMPLE_TEXT_OUTPUT_PROTOCOL out = {.OutputString = print_out};
    static EFI_SIMPLE_TEXT_OUTPUT_PROTOCOL err = {.OutputString = print_err};
    static EFI_BOOT_SERVICES services = {.HandleProtocol = handle_protocol,
                                         .LocateDevicePath = locate_device_path,
                                         .LocateProtocol = locate_protocol,
                                         .LoadImage = load_image,
                                         .StartImage = start_image,
                                         .UnloadImage = unload_image,
                                         .SetWatchdogTimer = set_watchdog_timer};
    static EFI_RUNTIME_SERVICES runtime = {.GetTime = get_time};
    static EFI_SYSTEM_TABLE system = {.RuntimeServices = &runtime, .BootServices = &services};
    system.ConOut = &out;
    system.StdErr = &err;
    firmware = (struct firmware){.size = 100, .size_at_end = 100, .old = FIRMWARE_NAME};
    firmware.image.DeviceHandle = &firmware_own_device;
    return &system;
}
