/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sev_report_request.h"

#include "cli/check.h"
#include "cli/values.h"

static enum cli_code check_options(const struct cli_console *console,
                                   const struct cli_arguments *arguments)
{
    enum cli_code code = cli_check(arguments, console);
    if (code == CLI_GO_ON)
        code = cli_require(arguments, console, REPORT_OPTION_REPORT);
    return code == CLI_GO_ON ? cli_require(arguments, console, REPORT_OPTION_CHAIN) : code;
}

static enum cli_code read_expected(struct sev_report_request *request,
                                   const struct cli_console *console,
                                   const struct cli_arguments *arguments)
{
    request->has_nonce = cli_has(arguments, REPORT_OPTION_NONCE);
    request->has_launch_digest = cli_has(arguments, REPORT_OPTION_LAUNCH_DIGEST);
    request->has_policy = cli_has(arguments, REPORT_OPTION_POLICY);
    enum cli_code code = cli_read_bytes(arguments, console, REPORT_OPTION_NONCE, request->nonce,
                                        sizeof request->nonce);
    if (code == CLI_GO_ON)
        code = cli_read_bytes(arguments, console, REPORT_OPTION_LAUNCH_DIGEST,
                              request->launch_digest, sizeof request->launch_digest);
    return code == CLI_GO_ON ? cli_read_number(arguments, console, REPORT_OPTION_POLICY, 0,
                                               UINT32_MAX, &request->policy)
                             : code;
}

enum cli_code sev_report_request_read(struct sev_report_request *request,
                                      const struct cli_console *console,
                                      const struct cli_arguments *arguments)
{
    static const struct platform_trust_options options = {
        .ark_fingerprint = REPORT_OPTION_ARK_FINGERPRINT,
        .oca_fingerprint = REPORT_OPTION_OCA_FINGERPRINT,
    };
    enum cli_code code = check_options(console, arguments);
    if (code == CLI_GO_ON)
        code = platform_trust_read(&request->trust, console, arguments, &options);
    return code == CLI_GO_ON ? read_expected(request, console, arguments) : code;
}
