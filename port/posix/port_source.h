/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef SEVLAUNCH_PORT_SOURCE_H
#define SEVLAUNCH_PORT_SOURCE_H

#include <stdbool.h>
#include <stdint.h>

/*
 * What tells of a change of a regular file; zeros for any other. No off_t: its
 * size depends on what the file that includes this was told.
 */
struct port_mark {
    int64_t size;
    int64_t modified_seconds;
    int64_t modified_nanoseconds;
    int64_t changed_seconds; /* its owner may set the time above, but not this one */
    int64_t changed_nanoseconds;
};

struct port_source {
    int fd;
    int error;
    bool is_standard_input;
    struct port_mark opened;
    int64_t position; /* in a regular file */
    int64_t end;      /* of one whose size can be relied on; 0 for any other */
};

#endif
