/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "port.h"

/* Defined nowhere: the linker names what is left to write. Delete it as you do. */
bool fill_in_port_random_in_random_c(void *bytes, size_t size);

/*
 * Use a generator that is fit for keys: the operating system's, or the hardware's after
 * it passed its own test. A clock, a counter or an address is not fit. Return false if
 * there is none: then the command refuses to seal secrets.
 */
bool port_random(void *bytes, size_t size)
{
    return fill_in_port_random_in_random_c(bytes, size);
}
