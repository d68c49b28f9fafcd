/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Byte sources on POSIX: a path of anything that read(2) serves, or "-" for
 * standard input.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "descriptor.h"

/* Not values of errno: read(2) did not fail, but the file changed, or ended early. */
#define CHANGED (-1)
#define ENDED (-2)

/* statfs(2): file systems that report the size of a page for each file. */
#define SYSFS_MAGIC 0x62656572
#define CONFIGFS_MAGIC 0x62656570

static bool fail_source_error(struct port_source *source, int error)
{
    source->error = error;
    return false;
}

/* A file that somebody writes meanwhile has no single content to measure. */
static bool take_mark(int fd, struct port_mark *mark)
{
    struct stat status;
    if (fstat(fd, &status) != 0)
        return false;
    *mark = (struct port_mark){0};
    if (S_ISREG(status.st_mode))
        *mark = (struct port_mark){status.st_size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec,
                                   status.st_ctim.tv_sec, status.st_ctim.tv_nsec};
    return true;
}

static bool is_same_mark(const struct port_mark *a, const struct port_mark *b)
{
    return a->size == b->size && a->modified_seconds == b->modified_seconds &&
           a->modified_nanoseconds == b->modified_nanoseconds &&
           a->changed_seconds == b->changed_seconds &&
           a->changed_nanoseconds == b->changed_nanoseconds;
}

/* Files of /proc report the size 0: their end cannot be checked. */
static bool take_end(struct port_source *source)
{
    struct statfs system;
    if (source->opened.size == 0)
        return true;
    source->position = lseek(source->fd, 0, SEEK_CUR);
    if (source->position < 0 || fstatfs(source->fd, &system) != 0)
        return false;
    if (system.f_type != SYSFS_MAGIC && system.f_type != CONFIGFS_MAGIC)
        source->end = source->opened.size;
    return true;
}

bool port_open(struct port_source *source, const char *name)
{
    *source = (struct port_source){.is_standard_input = strcmp(name, "-") == 0};
    source->fd = source->is_standard_input ? STDIN_FILENO : descriptor_open(name, O_RDONLY);
    if (source->fd < 0)
        return fail_source_error(source, errno);
    (void)posix_fadvise(source->fd, 0, 0, POSIX_FADV_SEQUENTIAL);
    if (take_mark(source->fd, &source->opened) && take_end(source))
        return true;
    fail_source_error(source, errno);
    port_close(source);
    return false;
}

static bool is_read_whole(struct port_source *source)
{
    struct port_mark mark;
    if (!take_mark(source->fd, &mark))
        return fail_source_error(source, errno);
    if (!is_same_mark(&mark, &source->opened))
        return fail_source_error(source, CHANGED);
    if (source->position < source->end)
        return fail_source_error(source, ENDED);
    return true;
}

bool port_read(struct port_source *source, void *buffer, size_t size, size_t *got)
{
    *got = 0;
    if (source->error != 0)
        return false;
    ssize_t count = descriptor_read(source->fd, buffer, size);
    if (count < 0)
        return fail_source_error(source, errno);
    *got = (size_t)count;
    source->position += count;
    return count > 0 || is_read_whole(source);
}

bool port_size(const struct port_source *source, uint64_t *size)
{
    bool is_known = source->end > source->position;
    *size = is_known ? (uint64_t)(source->end - source->position) : 0;
    return is_known;
}

void port_close(struct port_source *source)
{
    if (!source->is_standard_input)
        (void)close(source->fd);
    source->fd = -1;
}

const char *port_reason(const struct port_source *source)
{
    switch (source->error) {
    case CHANGED:
        return "it changed while it was read";
    case ENDED:
        return "it ended before its size";
    default:
        return strerror(source->error);
    }
}
