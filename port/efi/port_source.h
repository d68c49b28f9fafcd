/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef SEVLAUNCH_PORT_SOURCE_H
#define SEVLAUNCH_PORT_SOURCE_H

#include <stddef.h>
#include <stdint.h>

struct port_source {
    struct EFI_FILE_PROTOCOL *file;
    const char *reason; /* of its failure; NULL while there is none */
    uint64_t size;      /* when it was opened */
    uint64_t position;
};

#endif
