/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Files are written beside their name, as NAME.XXXXXX, and renamed when all of them are
 * complete. Meanwhile NAME~XXXXXX is what was under the name; it is renamed back if a file
 * cannot be renamed. What has no name in a folder (a pipe, a terminal, a file that was
 * deleted) is written in place.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "descriptor.h"
#include "name.h"
#include "signals.h"
#include "sinks.h"

_Static_assert(sizeof((struct port_sink *)NULL)->name == NAME_SIZE, "a sink has room for names");

static const char suffix[] = ".XXXXXX";

static bool fail_sink_errno(struct port_sink *sink)
{
    sink->error = errno;
    return false;
}

static bool is_temporary(const struct port_sink *sink)
{
    return sink->folder >= 0;
}

/* A link in /proc to an open file may name where that file was, or something that is no path. */
static bool leads_to(const char *path, const struct stat *named)
{
    struct stat found;
    return stat(path, &found) == 0 && name_is_file(&found, named);
}

/* Waits for a pipe's reader as open(2) does, but gives up at a signal that is held back. */
static int open_in_place(const char *name, bool is_pipe)
{
    int fd;
    do {
        fd = descriptor_open(name, O_WRONLY | O_TRUNC | O_NONBLOCK);
    } while (fd < 0 && errno == ENXIO && is_pipe && descriptor_wait(-1, 0));
    return fd;
}

static int make_temporary(struct port_sink *sink)
{
    size_t length = strlen(sink->name);
    int fd;
    if (length + sizeof suffix > sizeof sink->temporary) {
        errno = ENAMETOOLONG;
        return -1;
    }
    memcpy(sink->temporary, sink->name, length);
    do {
        memcpy(sink->temporary + length, suffix, sizeof suffix);
        fd = mkstemp(sink->temporary);
    } while (fd < 0 && errno == EINTR);
    return fd;
}

static bool note_file(struct port_sink *sink)
{
    struct stat status;
    if (fstat(sink->fd, &status) != 0)
        return fail_sink_errno(sink);
    sink->device = status.st_dev;
    sink->inode = status.st_ino;
    return true;
}

static void release_sink(struct port_sink *sink)
{
    if (!is_temporary(sink))
        return;
    (void)close(sink->folder);
    signals_release();
}

/*
 * mkstemp(3) makes a file for its owner alone; open(2) would have made it as umask says. A
 * file system without modes may refuse: there, the file has the mode of all its files.
 */
static void let_usual_readers(const struct port_sink *sink)
{
    const mode_t all = S_IRUSR | S_IWUSR | S_IRGRP | S_IWGRP | S_IROTH | S_IWOTH;
    mode_t mask = umask(0);
    (void)umask(mask);
    (void)fchmod(sink->fd, all & ~mask);
}

static bool create_temporary(struct port_sink *sink, enum port_readers readers)
{
    sink->folder = name_open_folder(sink->name);
    if (sink->folder < 0)
        return fail_sink_errno(sink);
    signals_hold();
    sink->fd = make_temporary(sink);
    if (sink->fd >= 0 && readers == PORT_USUAL)
        let_usual_readers(sink);
    if (sink->fd >= 0 && note_file(sink))
        return true;
    (void)fail_sink_errno(sink);
    if (sink->fd >= 0)
        port_abandon(sink);
    else
        release_sink(sink);
    return false;
}

bool port_create(struct port_sink *sink, const char *name, enum port_readers readers)
{
    struct stat named;
    *sink = (struct port_sink){.fd = -1, .folder = -1};
    if (!name_resolve(sink->name, name))
        return fail_sink_errno(sink);
    bool is_there = stat(name, &named) == 0;
    if (!is_there && errno != ENOENT)
        return fail_sink_errno(sink);
    if (!is_there || (S_ISREG(named.st_mode) && leads_to(sink->name, &named)))
        return create_temporary(sink, readers);
    sink->fd = open_in_place(name, S_ISFIFO(named.st_mode));
    if (sink->fd < 0)
        return fail_sink_errno(sink);
    return true;
}

bool port_write(struct port_sink *sink, const void *bytes, size_t size)
{
    if (!descriptor_write(sink->fd, bytes, size))
        return fail_sink_errno(sink);
    return true;
}

static bool close_sink_file(struct port_sink *sink)
{
    int fd = sink->fd;
    sink->fd = -1;
    if (close(fd) != 0)
        return fail_sink_errno(sink);
    return true;
}

/* A file that is renamed before its bytes are on the disk can come back empty. */
static bool sync_and_close(struct port_sink *sink)
{
    if (is_temporary(sink) && !descriptor_sync(sink->fd))
        return fail_sink_errno(sink);
    return close_sink_file(sink);
}

/* The old file's name: as long as that of the temporary, and as certainly nobody else's. */
static void copy_old_name(char old[NAME_SIZE], const struct port_sink *sink)
{
    memcpy(old, sink->temporary, NAME_SIZE);
    old[strlen(sink->name)] = '~';
}

/*
 * By a second link, so that the name always leads to something; by rename() on disks
 * without links.
 */
static bool keep_old(struct port_sink *sink)
{
    char old[NAME_SIZE];
    copy_old_name(old, sink);
    sink->has_old = link(sink->name, old) == 0 ||
                    (errno != ENOENT && errno != EEXIST && rename(sink->name, old) == 0);
    if (!sink->has_old && errno != ENOENT)
        return fail_sink_errno(sink);
    return true;
}

static bool rename_temporary(struct port_sink *sink)
{
    if (!is_temporary(sink))
        return true;
    if (!keep_old(sink))
        return false;
    sink->is_shown = rename(sink->temporary, sink->name) == 0;
    if (!sink->is_shown)
        return fail_sink_errno(sink);
    return true;
}

/* False if the disk takes two names for one: then the second file replaced the first. */
static bool is_in_its_place(struct port_sink *sink)
{
    struct stat status;
    if (!is_temporary(sink))
        return true;
    if (stat(sink->name, &status) != 0)
        return fail_sink_errno(sink);
    errno = EEXIST;
    if (status.st_dev != sink->device || status.st_ino != sink->inode)
        return fail_sink_errno(sink);
    return true;
}

/* EINVAL: the file system has nothing to do for a folder. */
static bool sync_folder(struct port_sink *sink)
{
    if (!is_temporary(sink) || descriptor_sync(sink->folder) || errno == EINVAL)
        return true;
    return fail_sink_errno(sink);
}

/*
 * rename(2) does nothing if both names lead to one file, so the old name is unlinked after
 * it. An old file that cannot be renamed back keeps its second name; half a packet is
 * removed.
 */
static void undo_rename(struct port_sink *sink)
{
    char old[NAME_SIZE];
    copy_old_name(old, sink);
    if (sink->has_old && rename(old, sink->name) == 0)
        (void)unlink(old);
    else if (sink->is_shown)
        (void)unlink(sink->name);
    if (!sink->is_shown)
        (void)unlink(sink->temporary);
    (void)!descriptor_sync(sink->folder);
}

static void unlink_old(const struct port_sink *sink)
{
    char old[NAME_SIZE];
    copy_old_name(old, sink);
    if (sink->has_old)
        (void)unlink(old);
}

static void clean_up_sink(struct port_sink *sink, bool is_done)
{
    if (sink->fd >= 0)
        (void)close(sink->fd);
    if (is_temporary(sink) && is_done)
        unlink_old(sink);
    else if (is_temporary(sink))
        undo_rename(sink);
}

static bool show_all(struct port_sink sinks[], size_t count)
{
    if (!sinks_do_all(sync_and_close, sinks, count))
        return false;
    if (signals_are_pending()) /* none has appeared yet */
        return fail_sink_errno(&sinks[0]);
    return sinks_do_all(rename_temporary, sinks, count) &&
           sinks_do_all(is_in_its_place, sinks, count) && sinks_do_all(sync_folder, sinks, count);
}

bool port_commit(struct port_sink sinks[], size_t count)
{
    bool done = show_all(sinks, count);
    for (size_t i = count; i-- > 0;)
        clean_up_sink(&sinks[i], done);
    for (size_t i = 0; i < count; i++)
        release_sink(&sinks[i]);
    return done;
}

void port_abandon(struct port_sink *sink)
{
    (void)close(sink->fd);
    if (is_temporary(sink))
        (void)unlink(sink->temporary);
    release_sink(sink);
}

const char *port_sink_reason(const struct port_sink *sink)
{
    return sink->error == 0 ? NULL : strerror(sink->error);
}
