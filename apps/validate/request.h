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

/*
 * What checks of options are made of. Each returns false after an error line:
 * when an option is not given; when both of two are; when one is given without
 * the other that it belongs to.
 */
PORT_CHECK bool request_require(const struct options *options, struct console *console,
                                enum option option);
PORT_CHECK bool request_exclude(const struct options *options, struct console *console,
                                enum option option, enum option other);
PORT_CHECK bool request_depend(const struct options *options, struct console *console,
                               enum option option, enum option other);

/*
 * Read an option's value, if it is given, and leave the result untouched if not: a
 * number from `least` to `most`, or the index of one of two or three words, which
 * a NULL follows. Return false after an error line.
 */
PORT_CHECK bool request_number(const struct options *options, struct console *console,
                               enum option option, uint32_t least, uint32_t most, uint32_t *number);
PORT_CHECK bool request_word(const struct options *options, struct console *console,
                             enum option option, const char *const words[], int *index);

#endif
