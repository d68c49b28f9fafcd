/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Files are written as NAME.part, and renamed when all of them are complete. EFI has no
 * step that replaces a file: so what was under NAME is renamed to NAME.back first, and
 * renamed back if a file cannot be renamed. If the power fails in between, nothing is
 * under NAME, and both files are there, whole, under the other names.
 */
#include <string.h>

#include "file.h"
#include "platform.h"
#include "sinks.h"
#include "status.h"
#include "volume.h"

#define MODE_WRITE (EFI_FILE_MODE_READ | EFI_FILE_MODE_WRITE)

static bool fail_sink_status(struct port_sink *sink, EFI_STATUS status, const char *reason)
{
    return status_fail(&sink->reason, status, reason);
}

static const CHAR16 no_suffix[] = u"";
static const CHAR16 part[] = u".part";
static const CHAR16 back[] = u".back";

static size_t units_length(const CHAR16 *text)
{
    size_t length = 0;
    while (text[length] != 0)
        length++;
    return length;
}

static bool add_suffix(CHAR16 path[PATH_UNITS], const CHAR16 *suffix)
{
    size_t length = units_length(path);
    size_t more = units_length(suffix) + 1;
    if (PATH_UNITS - length < more)
        return false;
    memcpy(path + length, suffix, more * sizeof *suffix);
    return true;
}

/* Opens what is there; `*file` is NULL if nothing is. Returns false if the firmware cannot
 * tell. */
static bool open_present(struct port_sink *sink, EFI_FILE_PROTOCOL *root, const CHAR16 *path,
                         uint64_t mode, EFI_FILE_PROTOCOL **file)
{
    EFI_STATUS status = root->Open(root, file, path, mode, 0);
    if (status == EFI_SUCCESS)
        return true;
    *file = NULL;
    if (status != EFI_NOT_FOUND)
        return fail_sink_status(sink, status, NULL);
    return true;
}

/* A directory must not be replaced. */
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

/* Leaves the suffix at the end of the path. */
static bool check_free(struct port_sink *sink, EFI_FILE_PROTOCOL *root, CHAR16 path[PATH_UNITS],
                       const CHAR16 *suffix, const char *reason)
{
    EFI_FILE_PROTOCOL *file;
    if (!add_suffix(path, suffix))
        return fail_sink_status(sink, EFI_ABORTED, "its path is too long");
    if (!open_present(sink, root, path, EFI_FILE_MODE_READ, &file))
        return false;
    if (file == NULL)
        return true;
    (void)file->Close(file);
    return fail_sink_status(sink, EFI_ABORTED, reason);
}

static bool check_suffixes(struct port_sink *sink, EFI_FILE_PROTOCOL *root, CHAR16 path[PATH_UNITS])
{
    size_t length = units_length(path);
    if (!check_free(sink, root, path, back, "a file of its name with .back after it is in the way"))
        return false;
    path[length] = 0;
    return check_free(sink, root, path, part,
                      "a file of its name with .part after it is in the way");
}

static bool open_new_part(struct port_sink *sink, EFI_FILE_PROTOCOL *root, const CHAR16 *path)
{
    EFI_STATUS status = root->Open(root, &sink->file, path, MODE_WRITE | EFI_FILE_MODE_CREATE, 0);
    if (status == EFI_NOT_FOUND)
        return fail_sink_status(sink, status, "there is no such directory");
    if (status != EFI_SUCCESS)
        return fail_sink_status(sink, status, NULL);
    return true;
}

bool port_create(struct port_sink *sink, const char *name, enum port_readers readers)
{
    CHAR16 path[PATH_UNITS];
    (void)readers; /* FAT has no owners */
    *sink = (struct port_sink){.name = name};
    EFI_FILE_PROTOCOL *root = volume_open(&sink->reason, name, path);
    if (root == NULL)
        return false;
    bool created = check_target(sink, root, path) && check_suffixes(sink, root, path) &&
                   open_new_part(sink, root, path);
    (void)root->Close(root);
    return created;
}

bool port_write(struct port_sink *sink, const void *bytes, size_t size)
{
    UINTN count = size;
    EFI_STATUS status = sink->file->Write(sink->file, &count, bytes);
    if (status == EFI_SUCCESS && count != size)
        status = EFI_DEVICE_ERROR;
    if (status != EFI_SUCCESS)
        return fail_sink_status(sink, status, NULL);
    return true;
}

static const CHAR16 *last_component(const CHAR16 *path)
{
    const CHAR16 *last = path;
    for (; *path != 0; path++)
        if (*path == '\\')
            last = path + 1;
    return last;
}

/* Renames a file to the sink's name and a suffix. Times of zero mean: leave them as they are. */
static bool set_file_name(struct port_sink *sink, EFI_FILE_PROTOCOL *file, const CHAR16 *suffix)
{
    CHAR16 path[PATH_UNITS];
    union file_info new = {.bytes = {0}};
    union file_info info;
    const char *reason = NULL;
    if (volume_find(&reason, sink->name, path) == NULL || !add_suffix(path, suffix))
        return fail_sink_status(sink, EFI_ABORTED, "its volume is gone");
    if (!file_read_info(&reason, file, &info)) {
        sink->reason = reason;
        return false;
    }
    const CHAR16 *name = last_component(path);
    size_t size = (units_length(name) + 1) * sizeof(CHAR16);
    new.info.FileSize = info.info.FileSize;
    new.info.Attribute = info.info.Attribute;
    memcpy(new.bytes + offsetof(EFI_FILE_INFO, FileName), name, size);
    new.info.Size = offsetof(EFI_FILE_INFO, FileName) + size;
    EFI_STATUS status = file->SetInfo(file, &file_info_guid, (UINTN) new.info.Size, &new);
    if (status != EFI_SUCCESS)
        return fail_sink_status(sink, status, NULL);
    return true;
}

static bool flush_part(struct port_sink *sink)
{
    EFI_STATUS status = sink->file->Flush(sink->file);
    if (status != EFI_SUCCESS)
        return fail_sink_status(sink, status, NULL);
    return true;
}

static bool open_old(struct port_sink *sink)
{
    CHAR16 path[PATH_UNITS];
    EFI_FILE_PROTOCOL *root = volume_open(&sink->reason, sink->name, path);
    if (root == NULL)
        return false;
    bool opened = open_present(sink, root, path, MODE_WRITE, &sink->old);
    (void)root->Close(root);
    return opened;
}

static bool rename_part(struct port_sink *sink)
{
    if (!open_old(sink))
        return false;
    sink->is_old_moved = sink->old != NULL && set_file_name(sink, sink->old, back);
    if (sink->is_old_moved != (sink->old != NULL))
        return false;
    sink->is_shown = set_file_name(sink, sink->file, no_suffix);
    return sink->is_shown;
}

/* An old file that cannot be renamed back stays as NAME.back. Deleting closes the file. */
static void delete_and_restore(struct port_sink *sink)
{
    const char *reason = sink->reason;
    (void)sink->file->Delete(sink->file);
    if (sink->is_old_moved)
        (void)set_file_name(sink, sink->old, no_suffix);
    if (sink->old != NULL)
        (void)sink->old->Close(sink->old);
    sink->reason = reason;
}

static void close_and_delete_old(const struct port_sink *sink)
{
    (void)sink->file->Close(sink->file);
    if (sink->old != NULL)
        (void)sink->old->Delete(sink->old);
}

bool port_commit(struct port_sink sinks[], size_t count)
{
    bool done = sinks_do_all(flush_part, sinks, count) && sinks_do_all(rename_part, sinks, count);
    for (size_t i = count; i-- > 0;)
        if (done)
            close_and_delete_old(&sinks[i]);
        else
            delete_and_restore(&sinks[i]);
    return done;
}

void port_abandon(struct port_sink *sink)
{
    delete_and_restore(sink);
}

const char *port_sink_reason(const struct port_sink *sink)
{
    return sink->reason;
}
