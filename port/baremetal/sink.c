/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Files of the semihosting host, written under their name with .part behind it
 * and renamed when they are complete. A host does not tell who may read them, nor
 * a pipe or a device from a file: what is under the name is replaced.
 */
#include "file.h"
#include "mapped.h"
#include "port.h"
#include "semihosting.h"

static const char suffix[] = ".part";

static bool fail(struct port_sink *sink, const char *reason)
{
    sink->reason = reason;
    return false;
}

static bool is_there(const char *name)
{
    uintptr_t handle = semihosting_open(name, SEMIHOSTING_RB);
    if (handle == SEMIHOSTING_FAILED)
        return false;
    file_close(handle);
    return true;
}

static bool create_part(struct port_sink *sink)
{
    struct file_name part;
    file_name_join(&part, sink->name, suffix);
    if (is_there(part.text))
        return fail(sink, "a file of its name with .part behind it is in the way");
    sink->handle = semihosting_open(part.text, SEMIHOSTING_WB);
    return sink->handle != SEMIHOSTING_FAILED ||
           fail(sink, file_reason("the host cannot create it"));
}

bool port_create(struct port_sink *sink, const char *name)
{
    *sink = (struct port_sink){.name = name};
    if (mapped_is_name(name))
        return fail(sink, "a region of memory cannot be written");
    if (file_name_length(name) > FILE_NAME_MOST)
        return fail(sink, "its name has more than 1000 characters");
    if (file_is_directory(name))
        return fail(sink, "Is a directory");
    return create_part(sink);
}

bool port_write(struct port_sink *sink, const void *bytes, size_t size)
{
    return file_write(sink->handle, bytes, size) || fail(sink, "the host cannot write all of it");
}

static void remove_part(const struct port_sink *sink)
{
    struct file_name part;
    file_name_join(&part, sink->name, suffix);
    const uintptr_t block[] = {(uintptr_t)part.text, part.length};
    (void)semihosting_call(SEMIHOSTING_REMOVE, block);
}

static bool rename_part(struct port_sink *sink)
{
    struct file_name part;
    file_name_join(&part, sink->name, suffix);
    const uintptr_t block[] = {(uintptr_t)part.text, part.length, (uintptr_t)sink->name,
                               file_name_length(sink->name)};
    return semihosting_call(SEMIHOSTING_RENAME, block) == 0 ||
           fail(sink, file_reason("the host cannot rename it"));
}

bool port_commit(struct port_sink *sink)
{
    bool closed = semihosting_call(SEMIHOSTING_CLOSE, &sink->handle) == 0 ||
                  fail(sink, "the host cannot write all of it");
    if (closed && rename_part(sink))
        return true;
    remove_part(sink);
    return false;
}

void port_abandon(struct port_sink *sink)
{
    file_close(sink->handle);
    remove_part(sink);
}

const char *port_sink_reason(const struct port_sink *sink)
{
    return sink->reason;
}
