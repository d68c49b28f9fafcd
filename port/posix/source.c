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
#define SIZE_CHANGED (-1)

static bool fail(struct port_source *source, int error)
{
    source->error = error;
    return false;
}

/* A file that is being written has no one content that could be measured. */
static bool size_of(int fd, int64_t *size)
{
    struct stat status;
    if (fstat(fd, &status) != 0)
        return false;
    *size = S_ISREG(status.st_mode) ? status.st_size : 0;
    return true;
}

static int open_name(const char *name)
{
    int fd;
    if (strcmp(name, "-") == 0)
        return STDIN_FILENO;
    do {
        fd = open(name, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    } while (fd < 0 && errno == EINTR);
    return fd;
}

bool port_open(struct port_source *source, const char *name)
{
    *source = (struct port_source){.fd = open_name(name)};
    if (source->fd < 0)
        return fail(source, errno);
    if (size_of(source->fd, &source->size))
        return true;
    fail(source, errno);
    port_close(source);
    return false;
}

static bool is_unchanged(struct port_source *source)
{
    int64_t size;
    if (!size_of(source->fd, &size))
        return fail(source, errno);
    return size == source->size || fail(source, SIZE_CHANGED);
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
    if (source->fd != STDIN_FILENO)
        (void)close(source->fd);
    source->fd = -1;
}

const char *port_reason(const struct port_source *source)
{
    int error = source->error;
    return error == SIZE_CHANGED ? "it changed size while it was read" : strerror(error);
}
