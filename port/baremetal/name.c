/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The semihosting host gives nothing that identifies a file: only the texts of two names
 * show that they are of one file.
 */
#include "../freestanding/names.h"
#include "port.h"

bool port_is_same(const char *name, const char *other)
{
    return names_are_same(name, other);
}

/* A host may have a name for its console, but does not tell which. */
bool port_is_stream(const char *name, enum port_stream stream)
{
    (void)name;
    (void)stream;
    return false;
}
