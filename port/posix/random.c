/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include <errno.h>
#include <sys/random.h>

#include "port.h"

bool port_random(void *bytes, size_t size)
{
    char *next = bytes;
    while (size > 0) {
        ssize_t count = getrandom(next, size, 0);
        if (count == 0 || (count < 0 && errno != EINTR))
            return false;
        if (count > 0) {
            next += count;
            size -= (size_t)count;
        }
    }
    return true;
}
