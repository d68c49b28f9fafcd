/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include <errno.h>
#include <unistd.h>

#include "port.h"

bool port_print(enum port_stream stream, const char *text, size_t length)
{
    int fd = stream == PORT_OUT ? STDOUT_FILENO : STDERR_FILENO;
    while (length > 0) {
        ssize_t count = write(fd, text, length);
        if (count < 0 && errno != EINTR)
            return false;
        if (count > 0) {
            text += count;
            length -= (size_t)count;
        }
    }
    return true;
}
