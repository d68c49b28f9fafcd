/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What `sevlaunch sev-digest` is asked for: the options, checked. No file is opened here. */
#ifndef SEVLAUNCH_SEV_REQUEST_H
#define SEVLAUNCH_SEV_REQUEST_H

#include "cpu_lists.h"
#include "guest/files.h"
#include "sev_options.h"

/* What --vmm takes for an enum sevl_vmm; a NULL follows. */
extern const char *const sev_vmm_words[];

extern const struct guest_options sev_guest_options;

struct sev_request {
    const struct cli_arguments *arguments;
    enum sevl_vmm vmm;
    struct list_ranges cpus; /* none: SEV, which does not measure them */
    bool has_pages;          /* of CPUs, which are not built then */
    struct list_numbers signatures;
    struct list_numbers fpus;
    struct list_numbers features;
    bool is_base64;
};

static inline bool sev_request_is_es(const struct sev_request *request)
{
    return request->cpus.count > 0;
}

/* Whether it has CPUs that start where the table of the firmware says. */
bool sev_request_needs_reset_address(const struct sev_request *request);

/* What its CPUs are made of, unless it has pages of them. */
struct cpu_lists sev_request_lists(const struct sev_request *request);

/* How many digests are asked for. */
uint64_t sev_request_values(const struct sev_request *request);

/*
 * Reads the options into a request, which keeps the arguments.
 * Returns CLI_GO_ON, or CLI_USAGE after an error line.
 */
PORT_CHECK enum cli_code sev_request_read(struct sev_request *request,
                                          const struct cli_console *console,
                                          const struct cli_arguments *arguments);

#endif
