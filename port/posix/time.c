/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include <time.h>

#include "port.h"

bool port_time(uint64_t *seconds)
{
    struct timespec now;
    bool is_known = clock_gettime(CLOCK_REALTIME, &now) == 0 && now.tv_sec > 0;
    *seconds = is_known ? (uint64_t)now.tv_sec : 0;
    return is_known;
}
