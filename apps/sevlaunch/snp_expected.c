/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "snp_expected.h"

#include <sevlaunch/guest/cpu_types.h>
#include <string.h>

#include "cli/values.h"
#include "snp_options.h"

/* Version 2 does not tell the processor. */
static uint32_t signature_of(const struct sevl_snp_report *report)
{
    if (!report->has_cpuid)
        return 0;
    return sevl_cpu_signature(report->cpuid_family, report->cpuid_model, report->cpuid_stepping);
}

void snp_expected_of_report(struct snp_expected *expected, const struct sevl_snp_report *report)
{
    expected->is_given = true;
    expected->is_report = true;
    expected->report = *report;
    memcpy(expected->reported.measurement, report->measurement, SEVL_SNP_LAUNCH_DIGEST_SIZE);
    expected->reported.signature = signature_of(report);
}

enum cli_code snp_expected_read(struct snp_expected *expected,
                                const struct cli_arguments *arguments, struct store *store,
                                const struct cli_console *console)
{
    const char *path = arguments->value[SNP_OPTION_REPORT];
    struct report_file file;
    *expected = (struct snp_expected){.is_given = cli_has(arguments, SNP_OPTION_EXPECT)};
    if (path == NULL)
        return cli_read_bytes(arguments, console, SNP_OPTION_EXPECT, expected->reported.measurement,
                              SEVL_SNP_LAUNCH_DIGEST_SIZE);
    enum cli_code code = report_file_read(&file, store, console, "--report", path);
    if (code == CLI_GO_ON)
        snp_expected_of_report(expected, &file.report);
    return code;
}
