/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What open(2), read(2), write(2) and fsync(2) leave to their callers. */
#ifndef SEVLAUNCH_DESCRIPTOR_H
#define SEVLAUNCH_DESCRIPTOR_H

#include <sys/types.h>

#include "port.h"

/* As open(2) of an existing file; repeated when a signal interrupts it. */
PORT_CHECK int descriptor_open(const char *name, int flags);

/* As read(2), but waits if there is nothing to read yet. */
PORT_CHECK ssize_t descriptor_read(int fd, void *buffer, size_t size);

/* Writes all of it, or returns false with errno set. */
PORT_CHECK bool descriptor_write(int fd, const void *bytes, size_t size);

/* As fsync(2); repeated when a signal interrupts it. */
PORT_CHECK bool descriptor_sync(int fd);

/*
 * Waits until a descriptor is ready for these events of poll(2), at most for a tenth of a
 * second; for all of that time if `fd` is -1. Returns false, with errno EINTR, if a signal
 * is pending that signals_hold() holds back.
 */
PORT_CHECK bool descriptor_wait(int fd, short events);

#endif
