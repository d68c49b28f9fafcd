/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Files of the semihosting host are written as NAME.part, and renamed when all of them are
 * complete. Meanwhile NAME.back is what was under NAME; it is renamed back if a file cannot
 * be renamed. A host does not let us set who may read a file, and does not tell a pipe or a
 * device from a file: whatever is under NAME is replaced.
 */
#include "file.h"
#include "mapped.h"
#include "port.h"
#include "semihosting.h"
#include "sinks.h"

static const char part_suffix[] = ".part";
static const char back_suffix[] = ".back";

static bool fail_sink_reason(struct port_sink *sink, const char *reason)
{
    sink->reason = reason;
    return false;
}

static bool is_host_file(const char *name)
{
    uintptr_t handle = semihosting_open(name, SEMIHOSTING_RB);
    if (handle == SEMIHOSTING_FAILED)
        return false;
    file_close(handle);
    return true;
}

static bool create_part(struct port_sink *sink)
{
    struct file_name other;
    file_name_join(&other, sink->name, back_suffix);
    if (is_host_file(other.text))
        return fail_sink_reason(sink, "a file of its name with .back after it is in the way");
    file_name_join(&other, sink->name, part_suffix);
    if (is_host_file(other.text))
        return fail_sink_reason(sink, "a file of its name with .part after it is in the way");
    sink->handle = semihosting_open(other.text, SEMIHOSTING_WB);
    if (sink->handle == SEMIHOSTING_FAILED)
        return fail_sink_reason(sink, file_reason("the host cannot create it"));
    return true;
}

bool port_create(struct port_sink *sink, const char *name, enum port_readers readers)
{
    (void)readers; /* semihosting knows none: the host decides */
    *sink = (struct port_sink){.name = name};
    if (mapped_is_name(name))
        return fail_sink_reason(sink, "a region of memory cannot be written");
    if (file_name_length(name) > FILE_NAME_MAX)
        return fail_sink_reason(sink, "its name has more than 1000 characters");
    if (file_is_directory(name))
        return fail_sink_reason(sink, "Is a directory");
    return create_part(sink);
}

bool port_write(struct port_sink *sink, const void *bytes, size_t size)
{
    if (!file_write(sink->handle, bytes, size))
        return fail_sink_reason(sink, "the host cannot write all of it");
    return true;
}

static void remove_host_file(const char *name, const char *suffix)
{
    struct file_name removed;
    file_name_join(&removed, name, suffix);
    const uintptr_t block[] = {(uintptr_t)removed.text, removed.length};
    (void)semihosting_call(SEMIHOSTING_REMOVE, block);
}

/* Renames NAME to NAME and the suffix if `to_suffix`; otherwise back. */
static bool rename_host_file(const char *name, const char *suffix, bool to_suffix)
{
    struct file_name other;
    file_name_join(&other, name, suffix);
    const uintptr_t given[] = {(uintptr_t)name, file_name_length(name)};
    const uintptr_t joined[] = {(uintptr_t)other.text, other.length};
    const uintptr_t *from = to_suffix ? given : joined;
    const uintptr_t *to = to_suffix ? joined : given;
    const uintptr_t block[] = {from[0], from[1], to[0], to[1]};
    return semihosting_call(SEMIHOSTING_RENAME, block) == 0;
}

static bool close_part(struct port_sink *sink)
{
    uintptr_t handle = sink->handle;
    sink->handle = SEMIHOSTING_FAILED;
    if (semihosting_call(SEMIHOSTING_CLOSE, &handle) != 0)
        return fail_sink_reason(sink, "the host cannot write all of it");
    return true;
}

static bool rename_host_part(struct port_sink *sink)
{
    sink->has_old = rename_host_file(sink->name, back_suffix, true);
    if (!sink->has_old && is_host_file(sink->name))
        return fail_sink_reason(sink, file_reason("the host cannot rename what is there"));
    sink->is_shown = rename_host_file(sink->name, part_suffix, false);
    if (!sink->is_shown)
        return fail_sink_reason(sink, file_reason("the host cannot rename it"));
    return true;
}

/* The new file goes first: not every host renames a file to a name that exists. */
static void remove_and_restore(struct port_sink *sink)
{
    if (sink->handle != SEMIHOSTING_FAILED)
        file_close(sink->handle);
    remove_host_file(sink->name, sink->is_shown ? "" : part_suffix);
    if (sink->has_old)
        (void)rename_host_file(sink->name, back_suffix, false);
}

bool port_commit(struct port_sink sinks[], size_t count)
{
    bool done =
        sinks_do_all(close_part, sinks, count) && sinks_do_all(rename_host_part, sinks, count);
    for (size_t i = count; i-- > 0;)
        if (!done)
            remove_and_restore(&sinks[i]);
        else if (sinks[i].has_old)
            remove_host_file(sinks[i].name, back_suffix);
    return done;
}

void port_abandon(struct port_sink *sink)
{
    remove_and_restore(sink);
}

const char *port_sink_reason(const struct port_sink *sink)
{
    return sink->reason;
}
