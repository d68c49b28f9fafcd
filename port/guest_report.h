/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * What a platform may give beside port.h: the attestation report of the SEV-SNP guest that
 * this program runs in, as the guest's secure processor makes it.
 */
#ifndef SEVLAUNCH_GUEST_REPORT_H
#define SEVLAUNCH_GUEST_REPORT_H

#include "port.h"

#define PORT_REPORT_DATA_SIZE 64
#define PORT_REPORT_MAX 4096
#define PORT_REPORT_REASON_SIZE 256

struct port_report_request {
    uint8_t data[PORT_REPORT_DATA_SIZE]; /* REPORT_DATA */
    bool has_vmpl;
    uint32_t vmpl; /* of the report; without it, the lowest that the guest may ask for */
};

struct port_report {
    uint8_t *table; /* the caller's room for the host's table of certificates, any or none */
    size_t table_max;
    size_t table_size; /* 0: the host gave none */
    uint8_t bytes[PORT_REPORT_MAX];
    size_t size;
    uint32_t vmpl;   /* that was asked for */
    const char *way; /* by which it came, for people */
    char reason[PORT_REPORT_REASON_SIZE];
};

/*
 * Asks for a report. The caller sets `table` and `table_max` alone. Blocks until the
 * processor answers, which can take a minute on a busy host. What is in the report is not
 * looked at.
 *
 * Returns true with the report and the table; if there is no table, `reason` says why, or is
 * empty if the host gave one without entries. Returns false if there is no report; `reason` is
 * then a text as that of port_reason(). The platform keeps nothing of the request then, nor
 * after success.
 *
 * Threat: a report that was made for another request is taken for one of this request.
 * Applications compare REPORT_DATA and VMPL.
 */
PORT_CHECK bool port_get_report(struct port_report *report,
                                const struct port_report_request *request);

#endif
