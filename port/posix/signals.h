/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Holds back the signals that end the program (SIGHUP, SIGINT, SIGQUIT, SIGTERM) while
 * there are files that must not stay when it ends.
 */
#ifndef SEVLAUNCH_SIGNALS_H
#define SEVLAUNCH_SIGNALS_H

#include "port.h"

/* Calls come in pairs; the last signals_release() delivers what arrived in between. */
void signals_hold(void);
void signals_release(void);

/*
 * Returns true, with errno EINTR, if one is pending that is held back. A function that
 * waits must ask from time to time, and give up.
 */
PORT_CHECK bool signals_are_pending(void);

#endif
