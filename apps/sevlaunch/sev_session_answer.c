/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sev_session_answer.h"

#include "cli/text.h"
#include "platform_json.h"
#include "verdict_json.h"

static bool print_made(const struct session_answer *answer, enum port_stream stream)
{
    enum sevl_sev_product product = answer->chain->authority[SEVL_SEV_ARK].product;
    const struct hexadecimal policy = text_hexadecimal(answer->policy->policy);
    if (product == SEVL_SEV_PRODUCT_OWN)
        return cli_line(stream, "OK: a session for policy ", policy.text,
                        ", with a platform of your own root's, not of AMD's");
    return cli_line(stream, "OK: a session for policy ", policy.text, ", with a ",
                    platform_product_name(product), " processor of AMD's");
}

static bool print_names(const struct session_files *files, enum port_stream stream)
{
    if (!cli_line(stream, "For the host: ", session_files_path(files, 0), ", ",
                  session_files_path(files, 1)))
        return false;
    if (files->tk != NULL)
        return cli_line(stream, "Not for the host: ", files->tk, ", TEK and TIK");
    return cli_line(stream, "Not for the host: ", session_files_path(files, 2), ", ",
                    session_files_path(files, 3));
}

bool session_answer_print_words(const struct session_answer *answer, enum port_stream stream)
{
    return print_made(answer, stream) && print_names(answer->names, stream) &&
           platform_checks_print_not_made(answer->checks, stream);
}

/* As libvirt's examples have it: four digits, or as many as there are. */
static void put_policy_digits(char text[9], uint32_t policy)
{
    const uint8_t bytes[] = {(uint8_t)(policy >> 24), (uint8_t)(policy >> 16),
                             (uint8_t)(policy >> 8), (uint8_t)policy};
    size_t skipped = policy > UINT16_MAX ? 0 : 2;
    text_from_bytes(text, bytes + skipped, sizeof bytes - skipped);
}

/* Without cbitpos and reducedPhysBits, which libvirt takes from its host. */
bool session_answer_print_xml(const struct session_answer *answer)
{
    char digits[9];
    put_policy_digits(digits, answer->policy->policy);
    return cli_line(PORT_OUT, "<launchSecurity type='sev'>") &&
           cli_line(PORT_OUT, "  <policy>0x", digits, "</policy>") &&
           cli_line(PORT_OUT, "  <dhCert>", answer->session->dh_cert, "</dhCert>") &&
           cli_line(PORT_OUT, "  <session>", answer->session->blob, "</session>") &&
           cli_line(PORT_OUT, "</launchSecurity>");
}

static void put_text_or_null(struct cli_json *json, const char *name, const char *text)
{
    const char *quote = text[0] == '\0' ? "" : "\"";
    cli_json_line(json, "  \"", name, "\": ", quote, text[0] == '\0' ? "null" : text, quote, ",");
}

static void put_policy_warnings(struct cli_json *json, const struct sev_policy_facts *facts)
{
    const char *parts[1 + 3 * SEV_POLICY_WARNINGS + 2] = {"  \"warnings\": ["};
    size_t used = 1;
    for (unsigned i = 0; i < SEV_POLICY_WARNINGS; i++) {
        if (!sev_policy_warns(facts, (enum sev_policy_warning)i))
            continue;
        parts[used] = used == 1 ? "\"" : ", \"";
        parts[used + 1] = sev_policy_warning_name((enum sev_policy_warning)i);
        parts[used + 2] = "\"";
        used += 3;
    }
    parts[used] = "],";
    cli_json_line_of(json, parts);
}

bool session_answer_print_json(const struct session_answer *answer)
{
    struct cli_json json;
    verdict_json_begin(&json, "sev", answer->session->blob[0] != '\0');
    verdict_json_files(&json, answer->store);
    platform_json_put(&json, answer->chain, answer->files, SEVL_SEV_PDH);
    cli_json_number(&json, "policy", answer->policy->policy);
    put_policy_warnings(&json, answer->policy);
    put_text_or_null(&json, "dh-cert", answer->session->dh_cert);
    put_text_or_null(&json, "session", answer->session->blob);
    platform_checks_put(&json, answer->checks);
    return cli_json_end(&json);
}
