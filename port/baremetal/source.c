/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Byte sources on bare metal: mem:0xSTART+0xSIZE is a region of memory (see
 * mapped.h), any other name a file of the semihosting host.
 *
 * SYS_READ reports an error in the same way as the end: no bytes. So a file must end at the
 * length that the host gives, and an empty one must not be a directory. Pipes and other
 * files without a length are refused.
 */
#include "file.h"
#include "port.h"
#include "semihosting.h"

static bool fail_source_reason(struct port_source *source, const char *reason)
{
    source->reason = reason;
    return false;
}

static uintptr_t host_file_size(uintptr_t handle)
{
    return semihosting_call(SEMIHOSTING_LENGTH, &handle);
}

static bool open_host_file(struct port_source *source)
{
    if (source->name[0] == '-' && source->name[1] == '\0')
        return fail_source_reason(source, "there is no standard input here");
    if (file_name_length(source->name) > FILE_NAME_MAX)
        return fail_source_reason(source, "its name has more than 1000 characters");
    source->handle = semihosting_open(source->name, SEMIHOSTING_RB);
    if (source->handle == SEMIHOSTING_FAILED)
        return fail_source_reason(source, file_reason("the host cannot open it"));
    source->size = host_file_size(source->handle);
    if (source->size != SEMIHOSTING_FAILED)
        return true;
    file_close(source->handle);
    return fail_source_reason(source, "the host does not tell its length");
}

bool port_open(struct port_source *source, const char *name)
{
    *source = (struct port_source){.name = name, .is_mapped = mapped_is_name(name)};
    if (!source->is_mapped)
        return open_host_file(source);
    source->reason = mapped_open(&source->mapped, name);
    return source->reason == NULL;
}

static bool is_true_end(struct port_source *source)
{
    if (source->position == 0 && file_is_directory(source->name))
        return fail_source_reason(source, "Is a directory");
    if (source->position != source->size)
        return fail_source_reason(source, "it is not as long as the host says");
    if (source->size != host_file_size(source->handle))
        return fail_source_reason(source, "it changed size while it was read");
    return true;
}

static bool read_host_file(struct port_source *source, void *buffer, size_t size, size_t *got)
{
    const uintptr_t block[] = {source->handle, (uintptr_t)buffer, size};
    uintptr_t left = semihosting_call(SEMIHOSTING_READ, block);
    if (left > size)
        return fail_source_reason(source, "the host cannot read it");
    *got = size - left;
    source->position += *got;
    return *got > 0 || is_true_end(source);
}

bool port_read(struct port_source *source, void *buffer, size_t size, size_t *got)
{
    *got = 0;
    if (source->reason != NULL)
        return false;
    if (!source->is_mapped)
        return read_host_file(source, buffer, size, got);
    *got = mapped_read(&source->mapped, buffer, size);
    return true;
}

bool port_size(const struct port_source *source, uint64_t *size)
{
    *size = source->is_mapped ? source->mapped.left : source->size - source->position;
    return true;
}

void port_close(struct port_source *source)
{
    if (!source->is_mapped)
        file_close(source->handle);
}

const char *port_reason(const struct port_source *source)
{
    return source->reason;
}
