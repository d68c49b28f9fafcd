/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef SEVLAUNCH_PORT_SOURCE_H
#define SEVLAUNCH_PORT_SOURCE_H

/*
 * One open byte source. Put here what your platform needs to continue reading: a
 * handle, an address and how much is left; and its size at opening, if it can
 * change while it is read. Applications allocate it and never look inside.
 */
struct port_source {
    /* What port_reason() returns; NULL while nothing failed. */
    const char *reason;
};

#endif
