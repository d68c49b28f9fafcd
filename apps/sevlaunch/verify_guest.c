/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "verify_guest.h"

#include <string.h>

_Static_assert(VERIFY_OPTION_VMM - VERIFY_OPTION_FIRMWARE == SNP_OPTION_VMM - SNP_OPTION_FIRMWARE,
               "snp_guest.def is in both tables");

static void take_options(struct verify_guest *guest, const struct cli_arguments *arguments)
{
    guest->arguments.command = &snp_digest_command;
    for (size_t i = 0; i < VERIFY_GUEST_OPTIONS; i++)
        guest->arguments.value[SNP_OPTION_FIRMWARE + i] =
            arguments->value[VERIFY_OPTION_FIRMWARE + i];
}

enum cli_code verify_guest_check(struct verify_guest *guest, const struct cli_console *console,
                                 const struct cli_arguments *arguments)
{
    guest->is_given = verify_request_has_guest(arguments);
    if (!guest->is_given)
        return CLI_GO_ON;
    take_options(guest, arguments);
    enum cli_code code = snp_request_read(&guest->chosen.request, console, &guest->arguments);
    if (cli_has(arguments, VERIFY_OPTION_JSON))
        guest->chosen.request.tells_files = true;
    return code;
}

enum cli_code verify_guest_read(struct verify_guest *guest, struct store *store,
                                const struct cli_console *console)
{
    if (!guest->is_given)
        return CLI_GO_ON;
    return snp_guest_read(&guest->chosen, console, true, store->buffer);
}

static void add_measurement(struct verify_request *request, const uint8_t *digest)
{
    size_t place = request->expectations.measurement_count++;
    memcpy(request->measurements[place], digest, sizeof request->measurements[place]);
}

enum cli_code verify_guest_compare(struct verify_guest *guest, struct verify_request *request,
                                   const struct sevl_snp_report *report)
{
    if (!guest->is_given)
        return CLI_GO_ON;
    enum cli_code code = snp_series_find(&guest->chosen.series, report->measurement, &guest->match);
    if (code != CLI_GO_ON)
        return code;
    add_measurement(request, guest->match.value.digest);
    request->guest_values = snp_request_values(&guest->chosen.request);
    return CLI_GO_ON;
}
