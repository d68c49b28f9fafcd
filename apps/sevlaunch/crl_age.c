/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "crl_age.h"

#include "moment.h"

enum cli_code crl_age_read(struct verify_request *request, const struct cli_console *console)
{
    const char *text = request->arguments->value[VERIFY_OPTION_MAX_AGE];
    request->has_crl_age = text != NULL;
    if (!request->has_crl_age)
        return CLI_GO_ON;
    if (!duration_from_text(text, &request->crl_age_max))
        return cli_error(console, CLI_USAGE,
                         "--max-age: expected a number of days, hours, minutes or seconds, as "
                         "30d, 36h, 90m or 900s, got '",
                         text, "'");
    if (!request->has_time)
        return cli_error(console, CLI_USAGE,
                         "--max-age: there is no clock here to compare with: --time TIME is "
                         "required");
    return CLI_GO_ON;
}

uint64_t crl_age_first(const struct verify_request *request)
{
    return request->time > request->crl_age_max ? request->time - request->crl_age_max : 0;
}

bool crl_age_holds(const struct verify_request *request, const struct key_search *search)
{
    if (!request->has_crl_age)
        return true;
    return search->has_crl && search->crl.first >= crl_age_first(request);
}
