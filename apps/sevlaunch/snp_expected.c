/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "snp_expected.h"

#include <sevlaunch/guest/cpu_types.h>
#include <string.h>

#include "cli/input.h"
#include "cli/values.h"
#include "snp_options.h"

/* Version 2 does not tell the processor. */
static uint32_t signature_of(const struct sevl_snp_report *report)
{
    if (!report->has_cpuid)
        return 0;
    return sevl_cpu_signature(report->cpuid_family, report->cpuid_model, report->cpuid_stepping);
}

static enum cli_code read_report(struct snp_expected *expected, const char *path,
                                 const struct cli_console *console)
{
    struct sevl_snp_report *report = &expected->report;
    enum cli_code code =
        cli_read_exactly(expected->bytes, sizeof expected->bytes, console, "--report", path);
    if (code != CLI_GO_ON)
        return code;
    if (sevl_snp_report_read(report, expected->bytes, sizeof expected->bytes) != SEVL_OK)
        return cli_error(console, CLI_USAGE, "--report: expected an attestation report of version ",
                         "2 to 6, but '", path, "' has another version, or bytes that are not 0 ",
                         "where this one has nothing");
    memcpy(expected->reported.measurement, report->measurement, SEVL_SNP_LAUNCH_DIGEST_SIZE);
    expected->reported.signature = signature_of(report);
    return CLI_GO_ON;
}

enum cli_code snp_expected_read(struct snp_expected *expected,
                                const struct cli_arguments *arguments,
                                const struct cli_console *console)
{
    const char *path = arguments->value[SNP_OPTION_REPORT];
    expected->is_report = path != NULL;
    expected->is_given = path != NULL || cli_has(arguments, SNP_OPTION_EXPECT);
    if (path != NULL)
        return read_report(expected, path, console);
    return cli_read_bytes(arguments, console, SNP_OPTION_EXPECT, expected->reported.measurement,
                          SEVL_SNP_LAUNCH_DIGEST_SIZE);
}
