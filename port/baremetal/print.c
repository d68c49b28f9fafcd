/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "file.h"
#include "port.h"
#include "semihosting.h"

/* Opened to write, ":tt" is the host's standard output; opened to append, its standard error. */
static uintptr_t open_stream(enum port_stream stream)
{
    return semihosting_open(":tt", stream == PORT_OUT ? SEMIHOSTING_W : SEMIHOSTING_A);
}

bool port_print(enum port_stream stream, const char *text, size_t length)
{
    static uintptr_t handles[] = {[PORT_OUT] = SEMIHOSTING_FAILED, [PORT_ERR] = SEMIHOSTING_FAILED};
    uintptr_t *handle = &handles[stream];
    if (*handle == SEMIHOSTING_FAILED)
        *handle = open_stream(stream);
    return *handle != SEMIHOSTING_FAILED && file_write(*handle, text, length);
}
