/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef SEVLAUNCH_PORT_SOURCE_H
#define SEVLAUNCH_PORT_SOURCE_H

#include <stdint.h>

/* No off_t: its size depends on what the file that includes this was told. */
struct port_source {
    int fd;
    int error;
    int64_t size; /* when it was opened; 0 for what is not a regular file */
};

#endif
