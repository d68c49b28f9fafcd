/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What the user asks for: the options, checked and read. No file is opened here. */
#ifndef SEVLAUNCH_REQUEST_H
#define SEVLAUNCH_REQUEST_H

#include <sevlaunch/sev/launch_digest.h>
#include <sevlaunch/sev/secret.h>

#include "purpose.h"

enum format { FORMAT_NONE, FORMAT_HEX, FORMAT_BASE64 };

struct request {
    enum purpose purpose;
    const char *firmware; /* NULL: the launch digest was given */
    uint8_t launch_digest[SEVL_SHA256_SIZE];
    const char *kernel; /* NULL: no direct boot */
    const char *initrd;
    const char *cmdline;
    const char *cmdline_file;
    uint32_t cpus;          /* 0: not known */
    const char *cpu_option; /* the first of those about CPUs, or NULL */
    bool has_cpu;
    struct sevl_cpu cpu;
    const char *vmsa_cpu0;
    const char *vmsa_cpu1;
    const char *vmsa_out;
    const char *tk; /* NULL: the keys are in files of their own, if there are any */
    const char *tek;
    const char *tik;
    enum format digest_format;
    enum format measurement_format;
    int secrets;
    enum sevl_secret_padding padding;
    const char *secret_header;
    const char *secret_payload;
};

/*
 * Reads the options into a request. Returns false after an error line when they
 * cannot be served, whatever the host says of the launch.
 */
PORT_CHECK bool request_read(struct request *request, struct console *console,
                             const struct options *options);

/* Whether a MEASURE is computed, for which keys and versions are needed. */
bool request_authenticates(const struct request *request);

#endif
