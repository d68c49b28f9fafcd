/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "verify_answer.h"

#include "moment.h"
#include "verdict_json.h"

static const char *state_name(enum sevl_snp_check_state state)
{
    switch (state) {
    case SEVL_SNP_PASSED:
        return "passed";
    case SEVL_SNP_FAILED:
        return "failed";
    default:
        return "not-made";
    }
}

static void tell_failures(const struct verify_evidence *evidence, const struct cli_console *console)
{
    struct verify_values values;
    for (unsigned i = 0; i < VERIFY_CHECKS; i++) {
        if (verify_check_state(evidence, i) != SEVL_SNP_FAILED)
            continue;
        verify_check_values(evidence, i, &values);
        (void)!cli_error(console, CLI_MISMATCH, verify_check_name(i), ": expected ",
                         values.expected, ", got ", values.actual);
    }
}

/* Some are: no report is one of a chip and of a cloud provider. */
static bool print_not_made(const struct verify_evidence *evidence)
{
    const char *parts[2 + 2 * VERIFY_CHECKS + 1] = {"Not checked:"};
    size_t used = 1;
    for (unsigned i = 0; i < VERIFY_CHECKS; i++)
        if (verify_check_state(evidence, i) == SEVL_SNP_NOT_MADE && i != CHECK_CLAIMS) {
            parts[used] = used == 1 ? " " : ", ";
            parts[used + 1] = verify_check_name(i);
            used += 2;
        }
    return cli_line_of(PORT_OUT, parts);
}

/* The nonce of the verifier is not in the report itself. */
static bool print_azure(const struct verify_evidence *evidence)
{
    if (evidence->file->claims.text == NULL)
        return true;
    return cli_line(PORT_OUT, "The report vouches for the claims, and these for the vTPM's key: a "
                              "quote by that key is what proves that it is not an old one.");
}

static bool print_ok(const struct verify_evidence *evidence)
{
    bool is_chosen = !evidence->request->expectations.without_measurement;
    struct phrase value = {.length = 0};
    verify_diagnosis_describe(&value, evidence->diagnosis);
    return cli_line(PORT_OUT, "OK: the report is genuine, by the ",
                    verify_kind_name(evidence->search->key.kind), " of a ",
                    verify_product_name(evidence->search->key.product), " processor, and ",
                    is_chosen ? "is of the guest that was chosen"
                              : "can be of any guest (--no-measurement)",
                    value.text) &&
           print_not_made(evidence) && print_azure(evidence);
}

/* A provider's id and a user's are the texts that come from others: nothing else is escaped. */
static void escape(char *text)
{
    for (; *text != '\0'; text++)
        if (*text == '"' || *text == '\\' || (unsigned char)*text < ' ' ||
            (unsigned char)*text > '~')
            *text = '?';
}

static void put_check(struct cli_json *json, const struct verify_evidence *evidence, unsigned check)
{
    struct verify_values values;
    enum sevl_snp_check_state state = verify_check_state(evidence, check);
    values.expected[0] = '\0';
    values.actual[0] = '\0';
    if (state != SEVL_SNP_NOT_MADE)
        verify_check_values(evidence, check, &values);
    escape(values.expected);
    escape(values.actual);
    const struct verdict_json_check row = {verify_check_name(check), state_name(state),
                                           verify_check_protects(check), values.expected,
                                           values.actual};
    verdict_json_put_check(json, &row, check + 1 == VERIFY_CHECKS);
}

static bool print_json(const struct verify_evidence *evidence, const struct store *store,
                       bool is_good)
{
    struct cli_json json;
    const struct verify_request *request = evidence->request;
    verdict_json_begin(&json, "sev-snp", is_good);
    const char *quote = request->has_time ? "\"" : "";
    cli_json_line(&json, "  \"time\": ", quote,
                  request->has_time ? moment_to_text(request->time).text : "null", quote, ",");
    verdict_json_files(&json, store);
    verify_diagnosis_put(&json, evidence->diagnosis);
    cli_json_line(&json, "  \"checks\": [");
    for (unsigned i = 0; i < VERIFY_CHECKS; i++)
        put_check(&json, evidence, i);
    cli_json_line(&json, "  ]");
    return cli_json_end(&json);
}

static bool print_answer(const struct verify_evidence *evidence, const struct store *store,
                         const struct cli_console *console, bool json, bool is_good)
{
    if (json)
        return print_json(evidence, store, is_good);
    return !is_good || console->quiet || print_ok(evidence);
}

enum cli_code verify_answer_print(const struct verify_evidence *evidence, const struct store *store,
                                  const struct cli_console *console, bool json, bool is_good)
{
    if (!is_good) {
        tell_failures(evidence, console);
        verify_diagnosis_print(evidence->diagnosis, console);
    }
    enum cli_code code =
        cli_check_printed(console, print_answer(evidence, store, console, json, is_good));
    if (code != CLI_GO_ON)
        return code;
    return is_good ? CLI_SUCCESS : CLI_MISMATCH;
}
