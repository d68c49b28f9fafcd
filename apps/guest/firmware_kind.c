/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "guest/firmware_kind.h"

enum cli_code firmware_fail_kernel(const struct cli_console *console)
{
    return cli_error(console, CLI_USAGE,
                     "--kernel: the firmware keeps no place for the hashes of a kernel, so that "
                     "it could start any");
}

enum cli_code firmware_fail_cpus(const struct cli_console *console)
{
    return cli_error(console, CLI_USAGE,
                     "--num-cpus: the firmware does not tell where CPUs but the first start");
}
