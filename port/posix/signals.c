/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "signals.h"

#include <errno.h>
#include <signal.h>

static const int ending[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM};
#define ENDING (sizeof ending / sizeof *ending)

static unsigned holders;
static sigset_t before;
static sigset_t held;

/* After nohup(1), SIGHUP is ignored: then it must not end anything here either. */
static bool is_ignored(int number)
{
    struct sigaction action;
    return sigaction(number, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

void signals_hold(void)
{
    if (holders++ > 0)
        return;
    (void)sigprocmask(SIG_BLOCK, NULL, &before);
    (void)sigemptyset(&held);
    for (size_t i = 0; i < ENDING; i++)
        if (!is_ignored(ending[i]) && sigismember(&before, ending[i]) == 0)
            (void)sigaddset(&held, ending[i]);
    (void)sigprocmask(SIG_BLOCK, &held, NULL);
}

void signals_release(void)
{
    if (--holders == 0)
        (void)sigprocmask(SIG_SETMASK, &before, NULL);
}

bool signals_are_pending(void)
{
    sigset_t pending;
    if (holders == 0 || sigpending(&pending) != 0)
        return false;
    for (size_t i = 0; i < ENDING; i++)
        if (sigismember(&held, ending[i]) == 1 && sigismember(&pending, ending[i]) == 1) {
            errno = EINTR;
            return true;
        }
    return false;
}
