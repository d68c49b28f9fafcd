/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "batch_answer.h"

#include <sevlaunch/base64.h>

#include "cli/text.h"
#include "crl_age.h"
#include "key_form.h"
#include "moment.h"

/* The form of a line; it changes when a member changes its meaning. */
#define SCHEMA "1"

/* Most lines go out in one piece: a pipe takes so many bytes at once, and mixes them with no
 * others. */
#define PIECE 4096

struct answer_line {
    char text[PIECE];
    size_t used;
    bool printed; /* all so far */
};

static void flush(struct answer_line *answer)
{
    if (!port_print(PORT_OUT, answer->text, answer->used))
        answer->printed = false;
    answer->used = 0;
}

static void put_character(struct answer_line *answer, char character)
{
    if (answer->used == sizeof answer->text)
        flush(answer);
    answer->text[answer->used++] = character;
}

static void put(struct answer_line *answer, const char *text)
{
    while (*text != '\0')
        put_character(answer, *text++);
}

/* A text that may come from others: what JSON or a terminal could read otherwise is shown as '?'.
 */
static void put_visibly(struct answer_line *answer, const char *text)
{
    for (; *text != '\0'; text++) {
        bool is_plain = *text >= ' ' && *text <= '~' && *text != '"' && *text != '\\';
        char shown = '?';
        if (is_plain)
            shown = *text;
        put_character(answer, shown);
    }
}

static void put_string(struct answer_line *answer, const char *text)
{
    put(answer, "\"");
    put_visibly(answer, text);
    put(answer, "\"");
}

static void begin_answer(struct answer_line *answer, const struct batch_line *line)
{
    const char *quote = line->id[0] == '\0' ? "" : "\"";
    answer->used = 0;
    answer->printed = true;
    put(answer, "{\"schema\": " SCHEMA ", \"id\": ");
    put(answer, quote);
    put(answer, line->id[0] == '\0' ? "null" : line->id);
    put(answer, quote);
}

static bool end_answer(struct answer_line *answer)
{
    put(answer, "}\n");
    flush(answer);
    return answer->printed;
}

static void put_moment(struct answer_line *answer, const struct verify_request *request)
{
    put(answer, ", \"time\": ");
    if (request->has_time)
        put_string(answer, moment_to_text(request->time).text);
    else
        put(answer, "null");
}

static void put_failed_check(struct answer_line *answer, const struct verify_evidence *evidence,
                             unsigned check)
{
    struct verify_values values;
    verify_check_values(evidence, check, &values);
    put(answer, "{\"check\": ");
    put_string(answer, verify_check_name(check));
    put(answer, ", \"expected\": ");
    put_string(answer, values.expected);
    put(answer, ", \"actual\": ");
    put_string(answer, values.actual);
    put(answer, "}");
}

/* A list of the checks that ended in a state. */
static void put_checks(struct answer_line *answer, const struct verify_evidence *evidence,
                       enum sevl_snp_check_state state)
{
    const char *between = "";
    put(answer, "[");
    for (unsigned i = 0; i < VERIFY_CHECKS; i++) {
        if (verify_check_state(evidence, i) != state)
            continue;
        put(answer, between);
        between = ", ";
        if (state == SEVL_SNP_FAILED)
            put_failed_check(answer, evidence, i);
        else
            put_string(answer, verify_check_name(i));
    }
    put(answer, "]");
}

/* Who keeps a key that is told trusts it from then on: one that a line brought is not told back. */
static void put_key(struct answer_line *answer, const struct verify_evidence *evidence)
{
    const struct key_search *search = evidence->search;
    uint8_t bytes[KEY_FORM_SIZE];
    char text[KEY_FORM_SIZE / 3 * 4 + 1];
    put(answer, ", \"key\": ");
    key_form_write(bytes, &search->key);
    if (search->fault == KEY_FOUND && !search->is_known &&
        crl_age_holds(evidence->request, search) &&
        sevl_base64_encode(bytes, sizeof bytes, text, sizeof text) == SEVL_OK)
        put_string(answer, text);
    else
        put(answer, "null");
}

bool batch_answer_print(const struct batch_line *line, const struct verify_evidence *evidence,
                        bool is_good, bool tells_key)
{
    struct answer_line answer;
    begin_answer(&answer, line);
    put(&answer, is_good ? ", \"verdict\": \"passed\"" : ", \"verdict\": \"failed\"");
    put_moment(&answer, evidence->request);
    put(&answer, ", \"failed\": ");
    put_checks(&answer, evidence, SEVL_SNP_FAILED);
    put(&answer, ", \"not-made\": ");
    put_checks(&answer, evidence, SEVL_SNP_NOT_MADE);
    if (tells_key)
        put_key(&answer, evidence);
    return end_answer(&answer);
}

bool batch_answer_print_error(const struct batch_line *line, uint64_t number,
                              const char *const reason[])
{
    struct answer_line answer;
    begin_answer(&answer, line);
    put(&answer, ", \"verdict\": \"error\", \"line\": ");
    put(&answer, text_decimal(number).text);
    put(&answer, ", \"reason\": \"");
    for (; *reason != NULL; reason++)
        put_visibly(&answer, *reason);
    put(&answer, "\"");
    return end_answer(&answer);
}
