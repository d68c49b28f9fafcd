/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* In place of posix/domain.h, where there is no libvirt: no XML, and nothing to say of it. */
#ifndef SEVLAUNCH_DOMAIN_H
#define SEVLAUNCH_DOMAIN_H

#include <sevlaunch/sev/measurement.h>

#include "cli/input.h"
#include "cli/json.h"
#include "request.h"

struct domain {
    char nothing;
};

static inline enum cli_code domain_refuse_host_options(const struct cli_arguments *arguments,
                                                       const struct cli_console *console)
{
    (void)arguments;
    (void)console;
    return CLI_GO_ON;
}

static inline enum cli_code domain_read(struct domain *domain, const struct cli_console *console,
                                        const struct request *request,
                                        const struct sevl_launch *launch, struct cli_buffer buffer)
{
    (void)domain;
    (void)console;
    (void)request;
    (void)launch;
    (void)buffer;
    return CLI_GO_ON;
}

static inline void domain_print_hints(const struct domain *domain,
                                      const struct cli_console *console)
{
    (void)domain;
    (void)console;
}

static inline void domain_print_json(const struct domain *domain, struct cli_json *json)
{
    (void)domain;
    (void)json;
}

#endif
