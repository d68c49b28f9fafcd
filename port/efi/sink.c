/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Files are written under their name with .part behind it. When one is complete,
 * what was under its name is deleted and it is renamed: EFI has no step that does
 * both. Where that ends in between, nothing is under the name, and never a part.
 */
#include <string.h>

#include "file.h"
#include "platform.h"
#include "status.h"
#include "volume.h"

#define MODE_WRITE (EFI_FILE_MODE_READ | EFI_FILE_MODE_WRITE)

static bool fail(struct port_sink *sink, EFI_STATUS status, const char *reason)
{
    return status_fail(&sink->reason, status, reason);
}

static bool add_suffix(CHAR16 path[PATH_UNITS])
{
    static const CHAR16 suffix[] = u".part";
    size_t length = 0;
    while (path[length] != 0)
        length++;
    if (PATH_UNITS - length < sizeof suffix / sizeof *suffix)
        return false;
    memcpy(path + length, suffix, sizeof suffix);
    return true;
}

/* Opens what is there: NULL for nothing. Returns false when that cannot be told. */
static bool open_present(struct port_sink *sink, EFI_FILE_PROTOCOL *root, const CHAR16 *path,
                         uint64_t mode, EFI_FILE_PROTOCOL **file)
{
    EFI_STATUS status = root->Open(root, file, path, mode, 0);
    if (status == EFI_SUCCESS)
        return true;
    *file = NULL;
    return status == EFI_NOT_FOUND || fail(sink, status, NULL);
}

/* A directory must not go the way of what is replaced. */
static bool check_target(struct port_sink *sink, EFI_FILE_PROTOCOL *root, const CHAR16 *path)
{
    union file_info info;
    EFI_FILE_PROTOCOL *file;
    if (!open_present(sink, root, path, EFI_FILE_MODE_READ, &file))
        return false;
    if (file == NULL)
        return true;
    bool is_file = file_read_info(&sink->reason, file, &info);
    (void)file->Close(file);
    return is_file;
}

static bool check_part(struct port_sink *sink, EFI_FILE_PROTOCOL *root, CHAR16 path[PATH_UNITS])
{
    EFI_FILE_PROTOCOL *file;
    if (!add_suffix(path))
        return fail(sink, EFI_ABORTED, "its path is too long");
    if (!open_present(sink, root, path, EFI_FILE_MODE_READ, &file))
        return false;
    if (file == NULL)
        return true;
    (void)file->Close(file);
    return fail(sink, EFI_ABORTED, "a file of its name with .part behind it is in the way");
}

static bool create(struct port_sink *sink, EFI_FILE_PROTOCOL *root, const CHAR16 *path)
{
    EFI_STATUS status = root->Open(root, &sink->file, path, MODE_WRITE | EFI_FILE_MODE_CREATE, 0);
    return status == EFI_SUCCESS ||
           fail(sink, status, status == EFI_NOT_FOUND ? "there is no such directory" : NULL);
}

bool port_create(struct port_sink *sink, const char *name)
{
    CHAR16 path[PATH_UNITS];
    *sink = (struct port_sink){.name = name};
    EFI_FILE_PROTOCOL *root = volume_open(&sink->reason, name, path);
    if (root == NULL)
        return false;
    bool created =
        check_target(sink, root, path) && check_part(sink, root, path) && create(sink, root, path);
    (void)root->Close(root);
    return created;
}

bool port_write(struct port_sink *sink, const void *bytes, size_t size)
{
    UINTN count = size;
    EFI_STATUS status = sink->file->Write(sink->file, &count, bytes);
    if (status == EFI_SUCCESS && count != size)
        status = EFI_DEVICE_ERROR;
    return status == EFI_SUCCESS || fail(sink, status, NULL);
}

/* Deleting closes the file, done or not. */
static bool delete_old(struct port_sink *sink, EFI_FILE_PROTOCOL *root, const CHAR16 *path)
{
    EFI_FILE_PROTOCOL *file;
    if (!open_present(sink, root, path, MODE_WRITE, &file))
        return false;
    EFI_STATUS status = file == NULL ? EFI_SUCCESS : file->Delete(file);
    return status == EFI_SUCCESS || fail(sink, EFI_ACCESS_DENIED, "it cannot be replaced");
}

static const CHAR16 *last_component(const CHAR16 *path)
{
    const CHAR16 *last = path;
    for (; *path != 0; path++)
        if (*path == '\\')
            last = path + 1;
    return last;
}

/* Times of zero stay as they are. */
static bool rename_part(struct port_sink *sink, const CHAR16 *path)
{
    union file_info new = {.bytes = {0}};
    union file_info info;
    size_t length = 0;
    if (!file_read_info(&sink->reason, sink->file, &info))
        return false;
    new.info.FileSize = info.info.FileSize;
    new.info.Attribute = info.info.Attribute;
    for (const CHAR16 *name = last_component(path); name[length] != 0; length++)
        new.info.FileName[length] = name[length];
    new.info.Size = offsetof(EFI_FILE_INFO, FileName) + (length + 1) * sizeof(CHAR16);
    EFI_STATUS status =
        sink->file->SetInfo(sink->file, &file_info_guid, (UINTN) new.info.Size, &new);
    return status == EFI_SUCCESS || fail(sink, status, NULL);
}

static bool replace(struct port_sink *sink)
{
    CHAR16 path[PATH_UNITS];
    EFI_FILE_PROTOCOL *root = volume_open(&sink->reason, sink->name, path);
    if (root == NULL)
        return false;
    bool replaced = delete_old(sink, root, path) && rename_part(sink, path);
    (void)root->Close(root);
    return replaced;
}

bool port_commit(struct port_sink *sink)
{
    EFI_STATUS status = sink->file->Flush(sink->file);
    if ((status == EFI_SUCCESS || fail(sink, status, NULL)) && replace(sink)) {
        (void)sink->file->Close(sink->file);
        return true;
    }
    port_abandon(sink);
    return false;
}

void port_abandon(struct port_sink *sink)
{
    (void)sink->file->Delete(sink->file);
}

const char *port_sink_reason(const struct port_sink *sink)
{
    return sink->reason;
}
