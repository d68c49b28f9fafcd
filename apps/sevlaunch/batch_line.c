/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "batch_line.h"

#include <string.h>

#include "cli/text.h"
#include "decode.h"
#include "key_form.h"
#include "report_data.h"

#define UNICODE_DIGITS 4
#define ASCII_MAX 0x7f

static bool take_line_token(void *context, enum json_token token, uint32_t depth, const char *text);

void batch_line_begin(struct batch_line *line, struct batch_room *room)
{
    memset(line, 0, sizeof *line);
    line->room = room;
    line->is_json = true;
    line->member = MEMBERS;
    room->store.used = 0;
    room->collateral->count = room->shared;
    json_scan_begin_in(&line->scan, take_line_token, line, room->text, sizeof room->text);
}

static void copy_subject(struct batch_line *line, const char *name)
{
    size_t length = text_length(name);
    if (length >= sizeof line->subject)
        length = sizeof line->subject - 1;
    memcpy(line->subject, name, length);
    line->subject[length] = '\0';
}

/* The first problem counts. The line is read on, for its id may follow. */
static void note_first_problem(struct batch_line *line, const char *subject, const char *problem)
{
    if (line->problem != NULL || problem == NULL)
        return;
    copy_subject(line, subject);
    line->problem = problem;
}

/* Takes four digits. Returns false if they are those of no character of ASCII, or of NUL. */
static bool take_code(const char *text, char *character)
{
    uint8_t code[2] = {0};
    char digits[UNICODE_DIGITS + 1] = "";
    memcpy(digits, text, UNICODE_DIGITS);
    (void)text_to_bytes(digits, code, sizeof code); /* json_scan saw that they are digits */
    *character = (char)code[1];
    return code[0] == 0 && code[1] >= 1 && code[1] <= ASCII_MAX;
}

/* Takes what follows a backslash: `*at` goes behind it. */
static bool take_escape(const char *text, size_t *at, char *character)
{
    static const char escapes[] = "\"\\/bfnrt";
    static const char characters[] = "\"\\/\b\f\n\r\t";
    char escape = text[(*at)++];
    size_t i = 0;
    if (escape == 'u') {
        *at += UNICODE_DIGITS;
        return take_code(text + *at - UNICODE_DIGITS, character);
    }
    while (escapes[i] != escape)
        i++;
    *character = characters[i];
    return true;
}

/* Resolves escapes in place. Returns false if there is one of what no text of a line has. */
static bool unescape(char *text, size_t *size)
{
    size_t at = 0;
    *size = 0;
    while (text[at] != '\0') {
        char character = text[at++];
        if (character == '\\' && !take_escape(text, &at, &character))
            return false;
        text[(*size)++] = character;
    }
    text[*size] = '\0';
    return true;
}

/* A reader of a member's string, which it may change, returns NULL, or what is wrong with it. */

static bool is_of_ascii(const char *text)
{
    while (*text >= ' ' && *text <= '~')
        text++;
    return *text == '\0';
}

static const char *take_id(struct batch_line *line, char *text)
{
    size_t length = text_length(text);
    if (length == 0 || length > BATCH_ID_MAX || !is_of_ascii(text))
        return "must be 1 to 128 characters of ASCII; others can be \\u escapes";
    memcpy(line->id, text, length + 1);
    return NULL;
}

static const char *take_report(struct batch_line *line, char *text)
{
    size_t size;
    if (!unescape(text, &size))
        return "has escapes that are none of ASCII";
    switch (report_file_take(&line->file, &line->room->store, (uint8_t *)text, size)) {
    case REPORT_TAKEN:
        return NULL;
    case REPORT_FORM:
        return "must be a report of 1184 bytes, an answer of /dev/sev-guest or an HCL report of "
               "Azure, in hexadecimal or in base64";
    case REPORT_VERSION:
        return "has another version than 2 to 6, or bytes that are not 0 where they must be";
    default: /* REPORT_ROOM */
        return "is too long";
    }
}

static const char *take_certs(struct batch_line *line, char *text)
{
    struct batch_room *room = line->room;
    size_t size;
    uint8_t *bytes = (uint8_t *)text;
    if (!unescape(text, &size))
        return "has escapes that are none of ASCII";
    size = decode_text(bytes, size);
    return collateral_add_leaves(room->collateral, &room->store, bytes, size,
                                 room->shared + COLLATERAL_OF_REPORT_MAX);
}

static const char *take_known_key(struct batch_line *line, char *text)
{
    size_t size;
    uint8_t *bytes = (uint8_t *)text;
    if (!line->room->allows_keys)
        return "needs --known-keys, which trusts whoever wrote the line";
    if (!unescape(text, &size) || !key_form_read(&line->key, bytes, decode_text(bytes, size)))
        return "must be a key of 192 bytes as a verdict tells it, in hexadecimal or in base64";
    return NULL;
}

static const char *take_report_data(struct batch_line *line, char *text)
{
    if (!text_to_bytes(text, line->report_data, REPORT_DATA_SIZE))
        return "must be 128 hexadecimal digits";
    return NULL;
}

static const char *take_nonce(struct batch_line *line, char *text)
{
    if (!report_data_read_nonce(text, line->report_data))
        return "must be 2 to 128 hexadecimal digits, an even number";
    return NULL;
}

static const struct member {
    const char *name;
    const char *(*take)(struct batch_line *line, char *text);
} members[MEMBERS] = {
    [MEMBER_ID] = {"id", take_id},
    [MEMBER_REPORT] = {"report", take_report},
    [MEMBER_CERTS] = {"certs", take_certs},
    [MEMBER_KEY] = {"key", take_known_key},
    [MEMBER_REPORT_DATA] = {"report-data", take_report_data},
    [MEMBER_NONCE] = {"nonce", take_nonce},
};

static void find_member(struct batch_line *line, const char *name)
{
    size_t i = 0;
    while (i < MEMBERS && !text_equal(name, members[i].name))
        i++;
    line->member = (enum batch_member)i;
    if (i == MEMBERS) {
        note_first_problem(line, name, "is no member of a line");
        return;
    }
    if (line->seen[i]) {
        note_first_problem(line, name, "is given twice");
        line->member = MEMBERS;
        return;
    }
    line->seen[i] = true;
}

static void take_string(struct batch_line *line)
{
    const struct member *member = &members[line->member];
    note_first_problem(line, member->name, member->take(line, line->room->text));
}

/* Of a member that is known. */
static void take_member_value(struct batch_line *line, enum json_token token, uint32_t depth)
{
    bool is_list = line->member == MEMBER_CERTS;
    if (token == JSON_STRING && (depth == 1 || (depth == 2 && is_list)))
        take_string(line);
    else if (token != JSON_CLOSE && !(token == JSON_OPEN_ARRAY && depth == 1 && is_list))
        note_first_problem(line, members[line->member].name,
                           is_list ? "must be a string or a list of strings" : "must be a string");
}

static bool take_line_token(void *context, enum json_token token, uint32_t depth, const char *text)
{
    struct batch_line *line = context;
    if (depth == 0)
        return token == JSON_OPEN_OBJECT || token == JSON_CLOSE;
    if (text == NULL)
        return false; /* no line has a longer one than the room */
    if (token == JSON_NAME && depth == 1)
        find_member(line, text);
    else if (line->member != MEMBERS)
        take_member_value(line, token, depth);
    return true;
}

void batch_line_take(struct batch_line *line, const char *bytes, size_t size)
{
    bool is_too_long = size > BATCH_LINE_MAX - line->size;
    size_t part = is_too_long ? BATCH_LINE_MAX - line->size : size;
    if (!line->is_json)
        return;
    line->size += part;
    line->is_json = json_scan_update(&line->scan, bytes, part);
    if (!line->is_json || !is_too_long)
        return;
    line->is_json = false;
    note_first_problem(line, "", "the line is longer than 65536 bytes");
}

static void require_members(struct batch_line *line)
{
    const bool *seen = line->seen;
    if (!seen[MEMBER_ID])
        note_first_problem(line, "id", "is missing");
    if (!seen[MEMBER_REPORT])
        note_first_problem(line, "report", "is missing");
    if (seen[MEMBER_CERTS] && seen[MEMBER_KEY])
        note_first_problem(line, "key", "and 'certs' exclude each other");
    if (seen[MEMBER_REPORT_DATA] && seen[MEMBER_NONCE])
        note_first_problem(line, "nonce", "and 'report-data' exclude each other");
}

bool batch_line_end(struct batch_line *line)
{
    if (!line->is_json || !json_scan_end(&line->scan))
        note_first_problem(line, "", "the line is no JSON object");
    require_members(line);
    return line->problem == NULL;
}
