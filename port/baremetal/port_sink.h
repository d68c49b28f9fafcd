/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef SEVLAUNCH_PORT_SINK_H
#define SEVLAUNCH_PORT_SINK_H

#include <stdbool.h>
#include <stdint.h>

struct port_sink {
    const char *reason; /* why it failed; NULL while it did not */
    const char *name;
    uintptr_t handle; /* SEMIHOSTING_FAILED once it is closed */
    bool has_old;     /* what was under NAME is NAME.back */
    bool is_shown;    /* the file is under its name */
};

#endif
