/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "name.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "descriptor.h"

/* Linux follows as many. */
#define LINKS_MAX 40

static bool fail_errno(int error)
{
    errno = error;
    return false;
}

const char *name_last(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

static void copy_folder(char folder[NAME_SIZE], const char *path)
{
    size_t length = (size_t)(name_last(path) - path);
    memcpy(folder, length == 0 ? "./" : path, length == 0 ? 2 : length);
    folder[length == 0 ? 2 : length] = '\0';
}

int name_open_folder(const char *path)
{
    char folder[NAME_SIZE];
    copy_folder(folder, path);
    return descriptor_open(folder, O_RDONLY | O_DIRECTORY);
}

/* The target of a link is relative to the link's folder, unless it begins at the root. */
static bool follow_link(char path[NAME_SIZE], const char *target, size_t length)
{
    size_t kept = target[0] == '/' ? 0 : (size_t)(name_last(path) - path);
    if (kept + length >= NAME_SIZE)
        return fail_errno(ENAMETOOLONG);
    memcpy(path + kept, target, length);
    path[kept + length] = '\0';
    return true;
}

bool name_resolve(char path[NAME_SIZE], const char *name)
{
    char target[NAME_SIZE];
    size_t length = strlen(name);
    if (length == 0 || length >= NAME_SIZE)
        return fail_errno(length == 0 ? ENOENT : ENAMETOOLONG);
    memcpy(path, name, length + 1);
    for (int links = 0; links < LINKS_MAX; links++) {
        ssize_t got = readlink(path, target, sizeof target);
        if (got < 0)
            return errno == EINVAL || errno == ENOENT;
        if (!follow_link(path, target, (size_t)got))
            return false;
    }
    return fail_errno(ELOOP);
}

bool name_is_file(const struct stat *status, const struct stat *other)
{
    return status->st_dev == other->st_dev && status->st_ino == other->st_ino;
}

/* The status of a file; or if there is none yet, that of its folder, and its path. */
struct file_place {
    bool is_there;
    struct stat status;
    char path[NAME_SIZE];
};

static bool find_named_file(struct file_place *place, const char *name)
{
    char folder[NAME_SIZE];
    if (strcmp(name, "-") == 0)
        place->is_there = fstat(STDIN_FILENO, &place->status) == 0;
    else
        place->is_there = stat(name, &place->status) == 0;
    if (place->is_there)
        return true;
    if (!name_resolve(place->path, name))
        return false;
    copy_folder(folder, place->path);
    return stat(folder, &place->status) == 0;
}

bool port_is_same(const char *name, const char *other)
{
    struct file_place a;
    struct file_place b;
    if (!find_named_file(&a, name) || !find_named_file(&b, other) || a.is_there != b.is_there ||
        !name_is_file(&a.status, &b.status))
        return false;
    return a.is_there || strcmp(name_last(a.path), name_last(b.path)) == 0;
}

/* /dev/tty is the terminal that the program was started from; tcgetpgrp() fails on others. */
static bool is_own_terminal(const struct stat *named, int fd)
{
    struct stat terminal;
    return stat("/dev/tty", &terminal) == 0 && name_is_file(named, &terminal) && tcgetpgrp(fd) >= 0;
}

bool port_is_stream(const char *name, enum port_stream stream)
{
    struct stat named;
    struct stat printed;
    int fd = stream == PORT_OUT ? STDOUT_FILENO : STDERR_FILENO;
    if (stat(name, &named) != 0 || fstat(fd, &printed) != 0)
        return false;
    return name_is_file(&named, &printed) || is_own_terminal(&named, fd);
}
