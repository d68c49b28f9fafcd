/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "domain.h"

enum cli_code domain_refuse_host_options(const struct cli_arguments *arguments,
                                         const struct cli_console *console)
{
    for (size_t option = OPTION_CONNECT; option <= OPTION_IGNORE_CONFIG; option++)
        if (cli_has(arguments, option))
            return cli_error(console, CLI_USAGE, cli_name(arguments, option),
                             ": this command talks to no host. Run 'virsh domlaunchsecinfo "
                             "GUEST > INFO' and 'virsh dumpxml GUEST > XML' there, and give "
                             "--launch-info INFO and --domain-xml XML here");
    return CLI_GO_ON;
}
