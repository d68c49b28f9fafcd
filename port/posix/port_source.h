/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef SEVLAUNCH_PORT_SOURCE_H
#define SEVLAUNCH_PORT_SOURCE_H

#include <stdbool.h>
#include <stdint.h>

/*
 * A regular file that changes gets another mark; zeros for what is not a regular file. Not
 * off_t: its size depends on macros of the file that includes this.
 */
struct port_mark {
    int64_t size;
    int64_t modified_seconds;
    int64_t modified_nanoseconds;
    int64_t changed_seconds; /* a file's owner can set the time above, but not this one */
    int64_t changed_nanoseconds;
};

struct port_source {
    int fd;
    int error;
    bool is_standard_input;
    struct port_mark opened;
    int64_t position; /* in a regular file */
    int64_t end;      /* of a file whose size is reliable; 0 for any other */
};

#endif
