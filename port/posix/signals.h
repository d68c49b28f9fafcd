/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Signals that end the program (SIGHUP, SIGINT, SIGQUIT, SIGTERM), held back while
 * there are files that must not be left behind.
 */
#ifndef SEVLAUNCH_SIGNALS_H
#define SEVLAUNCH_SIGNALS_H

#include "port.h"

/* Calls come in pairs; the last signals_release() lets those through that arrived. */
void signals_hold(void);
void signals_release(void);

/*
 * Whether one arrived that is held back; errno is EINTR then. What blocks must ask
 * every now and then, and give up.
 */
PORT_CHECK bool signals_are_pending(void);

#endif
