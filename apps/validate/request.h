/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What the user asks for: the options, checked and read. No file is opened here. */
#ifndef SEVLAUNCH_REQUEST_H
#define SEVLAUNCH_REQUEST_H

#include <sevlaunch/guest.h>
#include <sevlaunch/secret.h>

#include "options.h"

enum format { FORMAT_NONE, FORMAT_HEX, FORMAT_BASE64 };

struct request {
    const char *firmware; /* NULL: the launch digest was given */
    uint8_t launch_digest[SEVL_SHA256_SIZE];
    const char *kernel; /* NULL: no direct boot */
    const char *initrd;
    const char *cmdline;
    const char *cmdline_file;
    uint32_t cpus; /* 0: not known */
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

#endif
