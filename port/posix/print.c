/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include <unistd.h>

#include "descriptor.h"

bool port_print(enum port_stream stream, const char *text, size_t length)
{
    return descriptor_write(stream == PORT_OUT ? STDOUT_FILENO : STDERR_FILENO, text, length);
}
