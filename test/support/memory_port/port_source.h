/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef SEVLAUNCH_PORT_SOURCE_H
#define SEVLAUNCH_PORT_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

struct port_source {
    const struct memory_file *file;
    size_t position;
    bool failed;
};

#endif
