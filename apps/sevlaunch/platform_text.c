/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "platform_text.h"

#include "cli/text.h"
#include "decode.h"
#include "json_scan.h"

struct reader {
    platform_take_field *take;
    void *context;
    uint8_t *memory; /* of strings of JSON */
    bool is_named;   /* the value that is read is that of `field` */
    enum platform_field field;
    size_t taken;
    bool is_refused;
};

const char *platform_field_name(enum platform_field field)
{
    static const char *const names[PLATFORM_FIELDS] = {
        [PLATFORM_FIELD_PDH] = "pdh",
        [PLATFORM_FIELD_CERT_CHAIN] = "cert-chain",
        [PLATFORM_FIELD_CHIP_ID] = "cpu0-id",
    };
    return names[field];
}

static bool take_value(struct reader *reader, uint8_t *text, size_t length)
{
    size_t size = decode_text(text, length);
    reader->taken++;
    reader->is_refused =
        !reader->take(reader->context, reader->field, text, size == length ? 0 : size);
    return !reader->is_refused;
}

static void take_name(struct reader *reader, const char *name)
{
    reader->is_named = false;
    for (int i = 0; name != NULL && i < PLATFORM_FIELDS; i++)
        if (text_equal(name, platform_field_name((enum platform_field)i))) {
            reader->is_named = true;
            reader->field = (enum platform_field)i;
        }
}

/* A string that has no room is longer than all certificates. */
static bool take_token(void *context, enum json_token token, uint32_t depth, const char *text)
{
    struct reader *reader = context;
    (void)depth;
    bool is_value = reader->is_named && token == JSON_STRING;
    if (token == JSON_NAME)
        take_name(reader, text);
    else
        reader->is_named = false;
    if (!is_value)
        return true;
    return take_value(reader, reader->memory, text == NULL ? 0 : text_length(text));
}

static void read_json(struct reader *reader, const uint8_t *bytes, size_t size, size_t room)
{
    struct json_scan scan;
    json_scan_begin_in(&scan, take_token, reader, (char *)reader->memory, room);
    bool is_json = json_scan_update(&scan, bytes, size) && json_scan_end(&scan);
    if (!is_json && !reader->is_refused)
        reader->taken = 0;
}

/* A line of a table: name, blanks, ':', blanks, value. */
struct line {
    const char *text;
    size_t length;
};

static size_t count_blanks(const struct line *line, size_t at)
{
    size_t first = at;
    while (at < line->length && (line->text[at] == ' ' || line->text[at] == '\t'))
        at++;
    return at - first;
}

/* Returns where the value of this field begins, or 0 if the line is not of it. */
static size_t find_value(const struct line *line, enum platform_field field)
{
    const char *name = platform_field_name(field);
    size_t at = text_length(name);
    if (line->length < at || !text_begins(line->text, name, at))
        return 0;
    at += count_blanks(line, at);
    if (at == line->length || line->text[at] != ':')
        return 0;
    return at + 1 + count_blanks(line, at + 1);
}

static bool take_line(struct reader *reader, uint8_t *bytes, size_t length)
{
    const struct line line = {(const char *)bytes, length};
    for (int i = 0; i < PLATFORM_FIELDS; i++) {
        size_t at = find_value(&line, (enum platform_field)i);
        reader->field = (enum platform_field)i;
        if (at > 0)
            return take_value(reader, bytes + at, length - at);
    }
    return true;
}

static void read_table(struct reader *reader, uint8_t *bytes, size_t size)
{
    for (size_t at = 0; at < size && !reader->is_refused;) {
        size_t length = 0;
        while (at + length < size && bytes[at + length] != '\n')
            length++;
        (void)take_line(reader, bytes + at, length);
        at += length + 1;
    }
}

static bool begins_as_json(const uint8_t *bytes, size_t size)
{
    size_t at = 0;
    while (at < size && (bytes[at] == ' ' || (bytes[at] >= '\t' && bytes[at] <= '\r')))
        at++;
    return at < size && bytes[at] == '{';
}

enum platform_text platform_text_read(uint8_t *bytes, size_t size, uint8_t *memory, size_t room,
                                      platform_take_field *take, void *context)
{
    struct reader reader = {.take = take, .context = context, .memory = memory};
    bool is_json = begins_as_json(bytes, size);
    if (is_json)
        read_json(&reader, bytes, size, room);
    else
        read_table(&reader, bytes, size);
    if (reader.is_refused)
        return PLATFORM_TEXT_REFUSED;
    if (reader.taken > 0)
        return PLATFORM_TEXT_TAKEN;
    return is_json ? PLATFORM_TEXT_NOTHING : PLATFORM_TEXT_OTHER;
}
