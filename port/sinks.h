/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What the sinks of platforms with files have in common. */
#ifndef SEVLAUNCH_SINKS_H
#define SEVLAUNCH_SINKS_H

#include "port.h"

/* Does one step for each sink, up to the first for which it fails. Returns false then. */
PORT_CHECK static inline bool sinks_do_all(bool (*step)(struct port_sink *),
                                           struct port_sink sinks[], size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!step(&sinks[i]))
            return false;
    return true;
}

#endif
