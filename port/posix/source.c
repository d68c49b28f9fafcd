/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Byte sources on POSIX: a path of anything that read(2) serves, or "-" for
 * standard input.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "port.h"

/* Not a value of errno: read(2) saw nothing wrong, but the file changed. */
#define CHANGED (-1)

static bool fail(struct port_source *source, int error)
{
    source->error = error;
    return false;
}

/* A file that is being written has no one content that could be measured. */
static bool take_mark(int fd, struct port_mark *mark)
{
    struct stat status;
    if (fstat(fd, &status) != 0)
        return false;
    *mark = (struct port_mark){0};
    if (S_ISREG(status.st_mode))
        *mark = (struct port_mark){status.st_size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec};
    return true;
}

static bool is_same(const struct port_mark *a, const struct port_mark *b)
{
    return a->size == b->size && a->seconds == b->seconds && a->nanoseconds == b->nanoseconds;
}

static int open_name(const char *name)
{
    int fd;
    do {
        fd = open(name, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    } while (fd < 0 && errno == EINTR);
    return fd;
}

bool port_open(struct port_source *source, const char *name)
{
    *source = (struct port_source){.is_standard_input = strcmp(name, "-") == 0};
    source->fd = source->is_standard_input ? STDIN_FILENO : open_name(name);
    if (source->fd < 0)
        return fail(source, errno);
    (void)posix_fadvise(source->fd, 0, 0, POSIX_FADV_SEQUENTIAL);
    if (take_mark(source->fd, &source->opened))
        return true;
    fail(source, errno);
    port_close(source);
    return false;
}

static bool is_unchanged(struct port_source *source)
{
    struct port_mark mark;
    if (!take_mark(source->fd, &mark))
        return fail(source, errno);
    return is_same(&mark, &source->opened) || fail(source, CHANGED);
}

bool port_read(struct port_source *source, void *buffer, size_t size, size_t *got)
{
    ssize_t count;
    *got = 0;
    if (source->error != 0)
        return false;
    do {
        count = read(source->fd, buffer, size);
    } while (count < 0 && errno == EINTR);
    if (count < 0)
        return fail(source, errno);
    *got = (size_t)count;
    return count > 0 || is_unchanged(source);
}

void port_close(struct port_source *source)
{
    if (!source->is_standard_input)
        (void)close(source->fd);
    source->fd = -1;
}

const char *port_reason(const struct port_source *source)
{
    int error = source->error;
    return error == CHANGED ? "it changed while it was read" : strerror(error);
}
