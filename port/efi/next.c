/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "next.h"

#include <string.h>

#include "next_image.h"
#include "platform.h"
#include "status.h"
#include "volume.h"

/* Room for the path of a device; firmware gives some of a hundred bytes. */
#define DEVICE_PATH_SIZE 1024

/* The device path of a file: nodes, each with a header that says how long it is. */
struct next_path {
    uint8_t bytes[DEVICE_PATH_SIZE + PATH_UNITS * sizeof(CHAR16)];
    size_t used;
};

static const EFI_GUID device_path_guid = EFI_DEVICE_PATH_PROTOCOL_GUID;

/* Loaded, but not started; NULL: there is none. */
static EFI_HANDLE next_image;

static bool add_node_bytes(struct next_path *path, const void *bytes, size_t size)
{
    if (sizeof path->bytes - path->used < size)
        return false;
    memcpy(path->bytes + path->used, bytes, size);
    path->used += size;
    return true;
}

static bool add_node(struct next_path *path, uint8_t type, uint8_t subtype, const void *bytes,
                     size_t size)
{
    size_t length = sizeof(EFI_DEVICE_PATH_PROTOCOL) + size;
    const EFI_DEVICE_PATH_PROTOCOL header = {type,
                                             subtype,
                                             {(uint8_t)(length & 0xff), (uint8_t)(length >> 8)}};
    return add_node_bytes(path, &header, sizeof header) && add_node_bytes(path, bytes, size);
}

/* All nodes but the last, which ends a path. A node may be at an odd address. */
static bool add_device_nodes(struct next_path *path, const uint8_t *node)
{
    while (node[0] != END_DEVICE_PATH_TYPE) {
        size_t length = node[2] | (size_t)node[3] << 8;
        if (length < sizeof(EFI_DEVICE_PATH_PROTOCOL) || !add_node_bytes(path, node, length))
            return false;
        node += length;
    }
    return true;
}

static bool make_next_path(struct next_path *path, const void *device, const CHAR16 *file)
{
    size_t size = sizeof *file;
    for (const CHAR16 *unit = file; *unit != 0; unit++)
        size += sizeof *unit;
    path->used = 0;
    return add_device_nodes(path, device) &&
           add_node(path, MEDIA_DEVICE_PATH, MEDIA_FILEPATH_DP, file, size) &&
           add_node(path, END_DEVICE_PATH_TYPE, END_ENTIRE_DEVICE_PATH_SUBTYPE, "", 0);
}

/* Firmware whose policy does not allow an image may load it all the same. */
static void discard_next(void)
{
    EFI_HANDLE image = next_image;
    next_image = NULL;
    if (image != NULL)
        (void)platform_system->BootServices->UnloadImage(image);
}

static const char *load_reason(EFI_STATUS status)
{
    switch (status) {
    case EFI_SECURITY_VIOLATION:
    case EFI_ACCESS_DENIED:
        return "the firmware's policy (Secure Boot) does not allow it";
    case EFI_LOAD_ERROR:
    case EFI_UNSUPPORTED:
        return "it is no EFI image for this machine";
    default:
        return NULL;
    }
}

static bool load_next(const char **reason, const void *path)
{
    EFI_STATUS status =
        platform_system->BootServices->LoadImage(0, platform_handle, path, NULL, 0, &next_image);
    if (status == EFI_SUCCESS)
        return true;
    discard_next();
    return status_fail(reason, status, load_reason(status));
}

bool port_load_next(const char **reason, const char *name)
{
    struct next_path path;
    CHAR16 file[PATH_UNITS];
    EFI_HANDLE device = volume_device(reason, name, file);
    if (device == NULL)
        return false;
    const void *nodes = platform_protocol(device, &device_path_guid);
    if (nodes == NULL || !make_next_path(&path, nodes, file))
        return status_fail(reason, EFI_ABORTED, "the firmware has no usable path of its device");
    return load_next(reason, path.bytes);
}

EFI_STATUS next_image_end(int code)
{
    EFI_HANDLE image = next_image;
    if (code != 0)
        discard_next();
    if (code != 0 || image == NULL)
        return status_of_exit(code);
    next_image = NULL;
    return platform_system->BootServices->StartImage(image, NULL, NULL);
}
