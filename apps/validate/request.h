/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What the user asks for: the options, checked and read. No file is opened here. */
#ifndef SEVLAUNCH_REQUEST_H
#define SEVLAUNCH_REQUEST_H

#include <sevlaunch/sev/launch_digest.h>
#include <sevlaunch/sev/secret.h>

#include "purpose.h"

enum format { FORMAT_NONE, FORMAT_HEX, FORMAT_BASE64 };

struct request {
    const struct cli_arguments *arguments;
    enum purpose purpose;
    bool wants_hints;                               /* after a mismatch */
    uint8_t launch_digest[SEVL_LAUNCH_DIGEST_SIZE]; /* unless there is firmware */
    uint32_t cpus;                                  /* 0: not known */
    bool has_cpu;
    struct sevl_cpu cpu;
    enum format digest_format;
    enum format measurement_format;
    enum sevl_secret_padding padding;
};

/*
 * Reads the options into a request, which keeps the arguments. Returns CLI_GO_ON, or
 * CLI_USAGE after an error line when they cannot be served, whatever the host says of the
 * launch.
 */
PORT_CHECK enum cli_code request_read(struct request *request, const struct cli_console *console,
                                      const struct cli_arguments *arguments);

/* Whether an option is given, and its value or NULL. */
static inline bool request_has(const struct request *request, size_t option)
{
    return cli_has(request->arguments, option);
}

static inline const char *request_value(const struct request *request, size_t option)
{
    return request->arguments->value[option];
}

/* Whether a value to expect is printed: the launch digest, or a measurement. */
static inline bool request_prints(const struct request *request)
{
    return request->digest_format != FORMAT_NONE || request->measurement_format != FORMAT_NONE;
}

/* Whether a MEASURE is computed, for which keys and versions are needed. */
bool request_authenticates(const struct request *request);

#endif
