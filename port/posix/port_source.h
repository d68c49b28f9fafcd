/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef SEVLAUNCH_PORT_SOURCE_H
#define SEVLAUNCH_PORT_SOURCE_H

#include <sys/types.h>

struct port_source {
    int fd;
    int error;
    off_t size; /* when it was opened; 0 for what is not a regular file */
};

#endif
