/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "port.h"

/* Neither these machines nor their host have a random source; for a board that has one, write
 * this function anew. */
bool port_random(void *bytes, size_t size)
{
    (void)bytes;
    (void)size;
    return false;
}
