/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef SEVLAUNCH_PORT_SINK_H
#define SEVLAUNCH_PORT_SINK_H

struct port_sink {
    struct memory_sink *sink;
    const char *reason; /* of its failure; NULL while there is none */
};

#endif
