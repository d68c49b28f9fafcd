/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef SEVLAUNCH_PORT_SINK_H
#define SEVLAUNCH_PORT_SINK_H

/*
 * One file that is being written. Put here what your platform needs to continue
 * writing, to make the file appear, and to remove it. Two of them are on the
 * stack at a time. Applications allocate it and never look inside.
 */
struct port_sink {
    /* What port_sink_reason() returns; NULL while nothing failed. */
    const char *reason;
};

#endif
