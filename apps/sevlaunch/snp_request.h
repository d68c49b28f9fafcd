/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What `sevlaunch snp-digest` is asked for: the options, checked. No file is opened here. */
#ifndef SEVLAUNCH_SNP_REQUEST_H
#define SEVLAUNCH_SNP_REQUEST_H

#include <sevlaunch/guest/vmsa.h>

#include "cpu_lists.h"
#include "guest/files.h"
#include "snp_options.h"

/* What --vmm takes for an enum sevl_vmm; a NULL follows. */
extern const char *const snp_vmm_words[];

extern const struct guest_options snp_guest_options;

struct snp_request {
    const struct cli_arguments *arguments;
    uint64_t firmware_size; /* 0: not given */
    enum sevl_vmm vmm;
    struct list_ranges cpus;
    struct list_numbers signatures; /* none: the launcher's own */
    struct list_numbers fpus;       /* of enum sevl_fpu */
    struct list_numbers features;
    bool is_base64;
    bool tells_files; /* their SHA-256, which no value needs */
};

/*
 * Reads the options into a request, which keeps the arguments.
 * Returns CLI_GO_ON, or CLI_USAGE after an error line.
 */
PORT_CHECK enum cli_code snp_request_read(struct snp_request *request,
                                          const struct cli_console *console,
                                          const struct cli_arguments *arguments);

/* The option that the firmware is given by. */
size_t snp_request_firmware(const struct snp_request *request);

/* What its CPUs are made of. */
struct cpu_lists snp_request_lists(const struct snp_request *request);

/* How many digests are asked for: none where only a file is to be written. */
uint64_t snp_request_values(const struct snp_request *request);

#endif
