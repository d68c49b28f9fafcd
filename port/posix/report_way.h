/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The ways to a report that Linux has, one after the other. */
#ifndef SEVLAUNCH_REPORT_WAY_H
#define SEVLAUNCH_REPORT_WAY_H

#include "guest_report.h"

enum way_result {
    WAY_DONE,
    WAY_FAILED, /* with a reason */
    WAY_ABSENT  /* this system lacks it */
};

/* By configfs-tsm, which Linux has from 6.7 on. */
PORT_CHECK enum way_result report_from_configfs(struct port_report *report,
                                                const struct port_report_request *request);

/* By /dev/sev-guest, which Linux has from 5.19 on. */
PORT_CHECK enum way_result report_from_device(struct port_report *report,
                                              const struct port_report_request *request);

/* Sets the reason to "what: why". Returns false, for the caller to return. */
bool report_fail(struct port_report *report, const char *what, const char *why);

#endif
