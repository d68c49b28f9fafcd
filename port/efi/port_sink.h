/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef SEVLAUNCH_PORT_SINK_H
#define SEVLAUNCH_PORT_SINK_H

#include <stdbool.h>

struct port_sink {
    struct EFI_FILE_PROTOCOL *file;
    struct EFI_FILE_PROTOCOL *old; /* what was under the name; NULL for nothing */
    const char *name;
    const char *reason; /* of its failure; NULL while there is none */
    bool is_old_moved;  /* the old file is NAME.back */
    bool is_shown;      /* the file is under its name, no longer NAME.part */
};

#endif
