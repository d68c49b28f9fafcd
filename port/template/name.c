/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Which names lead to one file. */
#include "port.h"

/* Defined nowhere: the linker names what is left to write. Delete each as you do. */
bool fill_in_port_is_same_in_name_c(const char *name, const char *other);
bool fill_in_port_is_stream_in_name_c(const char *name, enum port_stream stream);

/*
 * Does your file system identify a file, say by a volume and a number? Compare these; for
 * a file that does not exist yet, compare its folder and last component. If it does not,
 * compare the texts as ../freestanding/names.h does; ignore case if the file system does.
 */
bool port_is_same(const char *name, const char *other)
{
    return fill_in_port_is_same_in_name_c(name, other);
}

/* Return false if no name leads to a console. */
bool port_is_stream(const char *name, enum port_stream stream)
{
    return fill_in_port_is_stream_in_name_c(name, stream);
}
