/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef SEVLAUNCH_PORT_SOURCE_H
#define SEVLAUNCH_PORT_SOURCE_H

#include <stdbool.h>
#include <stdint.h>

#include "mapped.h"

struct port_source {
    const char *reason; /* why it failed; NULL while it did not */
    const char *name;
    bool is_mapped;
    struct mapped mapped;
    uintptr_t handle;
    uintptr_t size; /* when it was opened */
    uintptr_t position;
};

#endif
