/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What cannot work, or is asked for in vain, and yet is no mistake. */
#ifndef SEVLAUNCH_WARNINGS_H
#define SEVLAUNCH_WARNINGS_H

#include <sevlaunch/guest/ovmf.h>

#include "request.h"

enum warning {
    WARNING_NO_TABLE,            /* the firmware has no table */
    WARNING_TABLE,               /* the firmware's table is malformed */
    WARNING_NO_HASH_AREA,        /* a kernel, and no area for its hashes */
    WARNING_POLICY_SNP,          /* a policy of SEV-SNP */
    WARNING_POLICY_DEBUG,        /* a policy that lets the host debug the guest */
    WARNING_CPUS,                /* options of CPUs without SEV-ES */
    WARNING_VMSA_CPU1,           /* a page for other CPUs, and there is one CPU */
    WARNING_SECRET_NEWLINE,      /* a secret of text, with a newline at its end */
    WARNING_NO_SECRET,           /* files for a packet, and no secret */
    WARNING_NO_SECRET_AREA,      /* a secret, and no area for it */
    WARNING_SECRET_AREA_UNKNOWN, /* a secret, and only the launch digest is given */
    WARNING_COUNT
};

struct warnings {
    bool given[WARNING_COUNT];
};

/* What is known of a guest once all of its files were read. */
struct warning_facts {
    const struct request *request;
    const struct sevl_ovmf_footer *footer;
    enum sevl_result table; /* of sevl_ovmf_footer_read() */
    uint32_t policy;
};

/* Prints the line of a warning about an option or a file. */
void warnings_give(struct warnings *warnings, const struct cli_console *console,
                   enum warning warning, const char *subject);

/* Gives all warnings that the facts call for: all but WARNING_SECRET_NEWLINE. */
void warnings_find(struct warnings *warnings, const struct cli_console *console,
                   const struct warning_facts *facts);

/* The name of a warning, for programs. */
const char *warnings_name(enum warning warning);

#endif
