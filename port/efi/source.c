/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Byte sources on EFI: files of any volume that the firmware has a driver for.
 */
#include "file.h"
#include "status.h"
#include "volume.h"

/* Some firmware fails on larger reads. */
#define LARGEST_READ ((size_t)1 << 20)

static bool fail_source_status(struct port_source *source, EFI_STATUS status, const char *reason)
{
    return status_fail(&source->reason, status, reason);
}

static bool read_size(struct port_source *source, uint64_t *size)
{
    union file_info info;
    if (!file_read_info(&source->reason, source->file, &info))
        return false;
    *size = info.info.FileSize;
    return true;
}

static bool open_name(struct port_source *source, const char *name)
{
    CHAR16 path[PATH_UNITS];
    if (name[0] == '-' && name[1] == '\0')
        return fail_source_status(source, EFI_ABORTED, "EFI has no standard input");
    EFI_FILE_PROTOCOL *root = volume_open(&source->reason, name, path);
    if (root == NULL)
        return false;
    EFI_STATUS status = root->Open(root, &source->file, path, EFI_FILE_MODE_READ, 0);
    (void)root->Close(root);
    if (status != EFI_SUCCESS)
        return fail_source_status(source, status, NULL);
    return true;
}

bool port_open(struct port_source *source, const char *name)
{
    *source = (struct port_source){0};
    if (!open_name(source, name))
        return false;
    if (read_size(source, &source->size))
        return true;
    port_close(source);
    return false;
}

/* A file that somebody writes meanwhile has no single content to measure. */
static bool has_kept_its_size(struct port_source *source)
{
    uint64_t size = 0;
    if (!read_size(source, &size))
        return false;
    if (size != source->size || size != source->position)
        return fail_source_status(source, EFI_ABORTED, "it changed size while it was read");
    return true;
}

bool port_read(struct port_source *source, void *buffer, size_t size, size_t *got)
{
    UINTN asked = size < LARGEST_READ ? size : LARGEST_READ;
    UINTN count = asked;
    *got = 0;
    if (source->reason != NULL)
        return false;
    EFI_STATUS status = source->file->Read(source->file, &count, buffer);
    if (status != EFI_SUCCESS || count > asked)
        return fail_source_status(source, status == EFI_SUCCESS ? EFI_DEVICE_ERROR : status, NULL);
    source->position += count;
    *got = count;
    return count > 0 || has_kept_its_size(source);
}

bool port_size(const struct port_source *source, uint64_t *size)
{
    *size = source->size - source->position;
    return true;
}

void port_close(struct port_source *source)
{
    (void)source->file->Close(source->file);
    source->file = NULL;
}

const char *port_reason(const struct port_source *source)
{
    return source->reason;
}
