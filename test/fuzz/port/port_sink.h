/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef SEVLAUNCH_PORT_SINK_H
#define SEVLAUNCH_PORT_SINK_H

struct port_sink {
    struct memory_sink *sink;
};

#endif
