/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Byte sources. Say here what a name means on your platform: a path, a region
 * of memory, a partition.
 */
#include "port.h"

/* Defined nowhere: the linker names what is left to write. Delete each as you do. */
bool fill_in_port_open_in_source_c(struct port_source *source, const char *name);
bool fill_in_port_read_in_source_c(struct port_source *source, void *buffer, size_t size,
                                   size_t *got);
bool fill_in_port_size_in_source_c(const struct port_source *source, uint64_t *size);
void fill_in_port_close_in_source_c(struct port_source *source);
const char *fill_in_port_reason_in_source_c(const struct port_source *source);

/* Fill in all of the source, even on failure: port_reason() is called then. */
bool port_open(struct port_source *source, const char *name)
{
    return fill_in_port_open_in_source_c(source, name);
}

/*
 * Set `*got` to 0 first. Does your platform tell an error from the end? If it
 * does not, compare what was read with the size that the source had at opening,
 * and fail if the two differ. Limit `size` if large reads are a risk.
 */
bool port_read(struct port_source *source, void *buffer, size_t size, size_t *got)
{
    return fill_in_port_read_in_source_c(source, buffer, size, got);
}

/* Set `*size` to 0 and return false if your platform does not know. */
bool port_size(const struct port_source *source, uint64_t *size)
{
    return fill_in_port_size_in_source_c(source, size);
}

/* Wipe what your driver buffered: it may be a key. */
void port_close(struct port_source *source)
{
    fill_in_port_close_in_source_c(source);
}

const char *port_reason(const struct port_source *source)
{
    return fill_in_port_reason_in_source_c(source);
}
