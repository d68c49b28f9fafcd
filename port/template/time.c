/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "port.h"

/* Defined nowhere: the linker names what is left to write. Delete it as you do. */
bool fill_in_port_time_in_time_c(uint64_t *seconds);

/* Set `*seconds` to 0 and return false if there is no clock, or nobody set it. */
bool port_time(uint64_t *seconds)
{
    return fill_in_port_time_in_time_c(seconds);
}
