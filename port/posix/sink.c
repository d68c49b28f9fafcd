/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Files are written beside their final name and renamed when they are complete.
 * What is there already and no regular file (a pipe, /dev/stdout) is written in
 * place: a name like that must not be replaced.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "port.h"

static bool fail(struct port_sink *sink)
{
    sink->error = errno;
    return false;
}

static bool begins(const char *name, const char *start)
{
    return strncmp(name, start, strlen(start)) == 0;
}

/* A name that stands for an open file is not one to replace, nor what is no regular file. */
static bool is_in_place(const char *name)
{
    struct stat status;
    return begins(name, "/dev/") || begins(name, "/proc/") ||
           (stat(name, &status) == 0 && !S_ISREG(status.st_mode));
}

/* A link stays one: what it leads to is replaced. */
static bool find_name(struct port_sink *sink, const char *name)
{
    struct stat status;
    size_t length = strlen(name);
    if (lstat(name, &status) == 0 && S_ISLNK(status.st_mode) && !is_in_place(name))
        return realpath(name, sink->name) != NULL;
    errno = length == 0 ? ENOENT : ENAMETOOLONG;
    if (length == 0 || length >= sizeof sink->name)
        return false;
    memcpy(sink->name, name, length + 1);
    return true;
}

static int open_temporary(struct port_sink *sink)
{
    static const char suffix[] = ".XXXXXX";
    size_t length = strlen(sink->name);
    if (length + sizeof suffix > sizeof sink->temporary) {
        errno = ENAMETOOLONG;
        return -1;
    }
    memcpy(sink->temporary, sink->name, length);
    memcpy(sink->temporary + length, suffix, sizeof suffix);
    int fd = mkstemp(sink->temporary); /* for the owner alone */
    if (fd < 0)
        sink->temporary[0] = '\0';
    return fd;
}

bool port_create(struct port_sink *sink, const char *name)
{
    sink->error = 0;
    sink->temporary[0] = '\0';
    if (!find_name(sink, name))
        return fail(sink);
    sink->fd =
        is_in_place(name) ? open(name, O_WRONLY | O_CLOEXEC | O_NOCTTY) : open_temporary(sink);
    return sink->fd >= 0 || fail(sink);
}

bool port_write(struct port_sink *sink, const void *bytes, size_t size)
{
    const char *next = bytes;
    while (size > 0) {
        ssize_t count = write(sink->fd, next, size);
        if (count < 0 && errno != EINTR)
            return fail(sink);
        if (count > 0) {
            next += count;
            size -= (size_t)count;
        }
    }
    return true;
}

static bool is_temporary(const struct port_sink *sink)
{
    return sink->temporary[0] != '\0';
}

/* A file that is renamed before its bytes are on the disk can come back empty. */
static bool finish(struct port_sink *sink)
{
    if (is_temporary(sink) && fsync(sink->fd) != 0)
        return fail(sink);
    int fd = sink->fd;
    sink->fd = -1;
    if (close(fd) != 0 || (is_temporary(sink) && rename(sink->temporary, sink->name) != 0))
        return fail(sink);
    return true;
}

bool port_commit(struct port_sink *sink)
{
    if (finish(sink))
        return true;
    port_abandon(sink);
    return false;
}

void port_abandon(struct port_sink *sink)
{
    if (sink->fd >= 0)
        (void)close(sink->fd);
    sink->fd = -1;
    if (is_temporary(sink))
        (void)unlink(sink->temporary);
}

const char *port_sink_reason(const struct port_sink *sink)
{
    return strerror(sink->error);
}
