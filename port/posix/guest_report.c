/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "guest_report.h"

#include <stdio.h>

#include "report_way.h"
#include "signals.h"

bool report_fail(struct port_report *report, const char *what, const char *why)
{
    (void)snprintf(report->reason, sizeof report->reason, "%s: %s", what, why);
    return false;
}

/* While an entry of configfs is there, a signal must not end the program. */
bool port_get_report(struct port_report *report, const struct port_report_request *request)
{
    report->size = 0;
    report->table_size = 0;
    report->reason[0] = '\0';
    signals_hold();
    enum way_result result = report_from_configfs(report, request);
    if (result == WAY_ABSENT)
        result = report_from_device(report, request);
    signals_release();
    if (result == WAY_ABSENT)
        return report_fail(report,
                           "there is neither /sys/kernel/config/tsm/report nor /dev/sev-guest",
                           "this is no guest of SEV-SNP, or configfs or the driver sev-guest "
                           "is not loaded");
    return result == WAY_DONE;
}
