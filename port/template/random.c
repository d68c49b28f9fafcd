/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "port.h"

/* Defined nowhere: the linker names what is left to write. Delete it as you do. */
bool fill_in_port_random_in_random_c(void *bytes, size_t size);

/*
 * A generator that is fit for keys: the operating system's, or the hardware's once
 * it passed its own test. A clock, a counter or an address is none. Return false
 * where there is none, and the command refuses to seal secrets.
 */
bool port_random(void *bytes, size_t size)
{
    return fill_in_port_random_in_random_c(bytes, size);
}
