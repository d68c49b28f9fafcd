/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The XML of the domain, as `virsh dumpxml` shows it. The host makes it: what it says can
 * make a run end with an error, a warning or a hint, and never makes a verdict a match.
 */
#ifndef SEVLAUNCH_DOMAIN_H
#define SEVLAUNCH_DOMAIN_H

#include <sevlaunch/sev/measurement.h>

#include "cli/input.h"
#include "cli/json.h"
#include "domain_xml.h"
#include "request.h"

/* What is looked at, in this order. */
enum domain_item {
    DOMAIN_ITEM_SECURITY, /* these end the run unless they are right */
    DOMAIN_ITEM_DH_CERT,
    DOMAIN_ITEM_SESSION,
    DOMAIN_ITEM_NVRAM,
    DOMAIN_ITEM_LOADER,
    DOMAIN_ITEM_KERNEL_HASHES,
    DOMAIN_ITEM_POLICY, /* these may differ from what is validated: a warning */
    DOMAIN_ITEM_CPUS,
    DOMAIN_ITEM_FIRMWARE, /* or a hint, after a mismatch */
    DOMAIN_ITEM_CPU_MODE,
    DOMAIN_ITEMS
};

struct domain {
    const char *path; /* of the XML; NULL: none was given */
    bool is_checked[DOMAIN_ITEMS];
    bool differs[DOMAIN_ITEMS];
    char loader[DOMAIN_TEXT_MAX];
    const char *firmware; /* the argument that `loader` differs from */
};

/*
 * Returns CLI_GO_ON, or CLI_USAGE after an error line when an option of libvirt's tool is
 * given that talks to a host: the line says what to do in its place.
 */
PORT_CHECK enum cli_code domain_refuse_host_options(const struct cli_arguments *arguments,
                                                    const struct cli_console *console);

/*
 * Reads the file that --domain-xml names, if it is given, and checks what libvirt's tool
 * checks: one launchSecurity of type sev with one session and one dhCert, one loader, no
 * nvram, and kernelHashes as the options have it. Warns of a policy or a number of CPUs
 * other than the launch's. Returns CLI_GO_ON, CLI_USAGE after an error line when the domain
 * is not such, or CLI_FAILED after one when the file cannot be read.
 */
PORT_CHECK enum cli_code domain_read(struct domain *domain, const struct cli_console *console,
                                     const struct request *request,
                                     const struct sevl_launch *launch, struct cli_buffer buffer);

/* Unless quiet, prints a line for each thing in the XML that could explain a mismatch. */
void domain_print_hints(const struct domain *domain, const struct cli_console *console);

/* With --domain-xml, prints the member that lists what was checked, and what differs. */
void domain_print_json(const struct domain *domain, struct cli_json *json);

#endif
