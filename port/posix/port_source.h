/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef SEVLAUNCH_PORT_SOURCE_H
#define SEVLAUNCH_PORT_SOURCE_H

#include <stdbool.h>
#include <sys/types.h>
#include <time.h>

/* What tells of a change of a regular file; zeros for any other. */
struct port_mark {
    off_t size;
    time_t seconds;
    long nanoseconds;
};

struct port_source {
    int fd;
    int error;
    bool is_standard_input;
    struct port_mark opened;
};

#endif
