/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "port.h"

/* Neither these machines nor their host have one; a board that does writes its own. */
bool port_random(void *bytes, size_t size)
{
    (void)bytes;
    (void)size;
    return false;
}
