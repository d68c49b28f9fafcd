/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Files that are written. A platform without any says so in port_create(): what
 * the command validates and prints needs none.
 */
#include "port.h"

/* Defined nowhere: the linker names what is left to write. Delete each as you do. */
bool fill_in_port_create_in_sink_c(struct port_sink *sink, const char *name);
bool fill_in_port_write_in_sink_c(struct port_sink *sink, const void *bytes, size_t size);
bool fill_in_port_commit_in_sink_c(struct port_sink sinks[], size_t count);
void fill_in_port_abandon_in_sink_c(struct port_sink *sink);
const char *fill_in_port_sink_reason_in_sink_c(const struct port_sink *sink);

/*
 * Write under another name beside the final one, and overwrite nobody's file of
 * that name. Find out here what would make port_commit() fail.
 */
bool port_create(struct port_sink *sink, const char *name)
{
    return fill_in_port_create_in_sink_c(sink, name);
}

bool port_write(struct port_sink *sink, const void *bytes, size_t size)
{
    return fill_in_port_write_in_sink_c(sink, bytes, size);
}

/*
 * In this order: have the bytes of all files on the medium, and close them; give what is
 * under each name a second one, and rename each file; delete what has the second names.
 * When a step fails, go back: each file under its first name again, or none.
 */
bool port_commit(struct port_sink sinks[], size_t count)
{
    return fill_in_port_commit_in_sink_c(sinks, count);
}

/* Keep the reason: it is asked for after this. */
void port_abandon(struct port_sink *sink)
{
    fill_in_port_abandon_in_sink_c(sink);
}

const char *port_sink_reason(const struct port_sink *sink)
{
    return fill_in_port_sink_reason_in_sink_c(sink);
}
