/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * What a platform may give beside port.h: a program that runs after this one. It has a use
 * where whoever started this program goes on after any answer, as firmware does with its
 * boot entries.
 */
#ifndef SEVLAUNCH_NEXT_H
#define SEVLAUNCH_NEXT_H

#include "port.h"

/*
 * Loads the program called `name`, and runs none of it. If app_main() returns 0, the platform
 * starts it after it has wiped what app_main() may have left of keys; its status becomes the
 * program's own. If app_main() returns anything else, or ends in another way, the platform
 * does not start it. An application calls this once at most.
 *
 * Returns true if it is loaded. Returns false if it cannot be; nothing is loaded then, and
 * `*reason` is a text as that of port_reason().
 *
 * Threat: the next program starts although the launch does not match, or it finds the keys.
 */
PORT_CHECK bool port_load_next(const char **reason, const char *name);

#endif
