/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Files that are written. A platform without files fails in port_create(), with a reason:
 * the command needs none to validate and to print.
 */
#include "port.h"

/* Defined nowhere: the linker names what is left to write. Delete each as you do. */
bool fill_in_port_create_in_sink_c(struct port_sink *sink, const char *name,
                                   enum port_readers readers);
bool fill_in_port_write_in_sink_c(struct port_sink *sink, const void *bytes, size_t size);
bool fill_in_port_commit_in_sink_c(struct port_sink sinks[], size_t count);
void fill_in_port_abandon_in_sink_c(struct port_sink *sink);
const char *fill_in_port_sink_reason_in_sink_c(const struct port_sink *sink);

/*
 * Write under another name beside the final one, and overwrite no file that has that
 * name. Find out here what would make port_commit() fail.
 */
bool port_create(struct port_sink *sink, const char *name, enum port_readers readers)
{
    return fill_in_port_create_in_sink_c(sink, name, readers);
}

bool port_write(struct port_sink *sink, const void *bytes, size_t size)
{
    return fill_in_port_write_in_sink_c(sink, bytes, size);
}

/*
 * In this order: write the bytes of all files to the medium, and close the files; give what
 * is under each name a second name, and rename each file; delete what has the second names.
 * If a step fails, undo: under each name there is again what was there before, or nothing.
 */
bool port_commit(struct port_sink sinks[], size_t count)
{
    return fill_in_port_commit_in_sink_c(sinks, count);
}

/* Keep the reason: port_sink_reason() is called after this. */
void port_abandon(struct port_sink *sink)
{
    fill_in_port_abandon_in_sink_c(sink);
}

const char *port_sink_reason(const struct port_sink *sink)
{
    return fill_in_port_sink_reason_in_sink_c(sink);
}
