/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef SEVLAUNCH_PORT_SINK_H
#define SEVLAUNCH_PORT_SINK_H

#include <stdint.h>

struct port_sink {
    const char *reason; /* why it failed; NULL while it did not */
    const char *name;
    uintptr_t handle;
};

#endif
