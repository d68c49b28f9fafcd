/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "descriptor.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include "signals.h"

/* In milliseconds: the longest delay of a signal that is held back. */
#define WAIT_MAX 100

bool descriptor_wait(int fd, short events)
{
    struct pollfd waiting = {.fd = fd, .events = events};
    (void)poll(&waiting, 1, WAIT_MAX);
    return !signals_are_pending();
}

int descriptor_open(const char *name, int flags)
{
    int fd;
    do {
        fd = open(name, flags | O_CLOEXEC | O_NOCTTY);
    } while (fd < 0 && errno == EINTR);
    return fd;
}

/* Returns true if a call that failed is to be repeated. */
static bool try_again(int fd, short events)
{
    if (errno == EINTR)
        return true;
    return errno == EAGAIN && descriptor_wait(fd, events);
}

ssize_t descriptor_read(int fd, void *buffer, size_t size)
{
    ssize_t count;
    do {
        count = read(fd, buffer, size);
    } while (count < 0 && try_again(fd, POLLIN));
    return count;
}

bool descriptor_write(int fd, const void *bytes, size_t size)
{
    const char *next = bytes;
    while (size > 0) {
        ssize_t count = write(fd, next, size);
        if (count == 0)
            errno = EIO;
        if (count == 0 || (count < 0 && !try_again(fd, POLLOUT)))
            return false;
        if (count > 0) {
            next += count;
            size -= (size_t)count;
        }
    }
    return true;
}

bool descriptor_sync(int fd)
{
    int result;
    do {
        result = fsync(fd);
    } while (result != 0 && errno == EINTR);
    return result == 0;
}
