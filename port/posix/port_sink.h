/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef SEVLAUNCH_PORT_SINK_H
#define SEVLAUNCH_PORT_SINK_H

#include <stdbool.h>
#include <stdint.h>

struct port_sink {
    int fd;          /* -1: it is closed */
    int folder;      /* in which the file appears; -1 if it is written in place */
    int error;       /* of errno; 0 while nothing failed */
    bool has_old;    /* what was under the name is under its second name */
    bool is_shown;   /* the file is under its name */
    uint64_t device; /* of the file; no dev_t and ino_t: see struct port_mark */
    uint64_t inode;
    char name[4096];      /* the path that the user's name leads to */
    char temporary[4096]; /* the name, a dot and six characters */
};

#endif
