/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef SEVLAUNCH_PORT_SINK_H
#define SEVLAUNCH_PORT_SINK_H

struct port_sink {
    int fd;
    int error;
    char name[4096];
    char temporary[4096]; /* "" where the file is written in place */
};

#endif
