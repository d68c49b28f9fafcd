/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "platform_text.h"

#include "cli/text.h"
#include "decode.h"
#include "json_scan.h"

struct reader {
    const char *const *names;
    platform_take_field *take;
    void *context;
    struct cli_buffer memory; /* of strings of JSON */
    bool is_named;            /* the value that is read is that of `field` */
    size_t field;
    size_t taken;
    bool is_refused;
};

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
    for (size_t i = 0; name != NULL && reader->names[i] != NULL; i++)
        if (text_equal(name, reader->names[i])) {
            reader->is_named = true;
            reader->field = i;
        }
}

/* A string that has no room is longer than all certificates. */
static bool take_token(void *context, enum json_token token, uint32_t depth, const char *text)
{
    struct reader *reader = context;
    (void)depth;
    bool is_value = reader->is_named && token == JSON_STRING;
    reader->is_named = false;
    if (token == JSON_NAME)
        take_name(reader, text);
    if (!is_value)
        return true;
    return take_value(reader, reader->memory.memory, text == NULL ? 0 : text_length(text));
}

static void read_json(struct reader *reader, const uint8_t *bytes, size_t size)
{
    struct json_scan scan;
    json_scan_begin_in(&scan, take_token, reader, reader->memory.memory, reader->memory.size);
    bool is_json = json_scan_update(&scan, bytes, size) && json_scan_end(&scan);
    if (!is_json && !reader->is_refused)
        reader->taken = 0;
}

/* A line of a table: blanks, name, blanks, ':', blanks, value. */
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

/* Returns where the value of this name begins, or 0 if the line is not of it. */
static size_t find_value(const struct line *line, const char *name)
{
    size_t first = count_blanks(line, 0);
    size_t at = first + text_length(name);
    if (line->length < at || !text_begins(line->text + first, name, at - first))
        return 0;
    at += count_blanks(line, at);
    if (at == line->length || line->text[at] != ':')
        return 0;
    return at + 1 + count_blanks(line, at + 1);
}

static void take_line(struct reader *reader, uint8_t *bytes, size_t length)
{
    const struct line line = {(const char *)bytes, length};
    for (size_t i = 0; reader->names[i] != NULL; i++) {
        size_t at = find_value(&line, reader->names[i]);
        if (at == 0)
            continue;
        reader->field = i;
        (void)take_value(reader, bytes + at, length - at);
        return;
    }
}

static void read_table(struct reader *reader, uint8_t *bytes, size_t size)
{
    for (size_t at = 0; at < size && !reader->is_refused;) {
        size_t length = 0;
        while (at + length < size && bytes[at + length] != '\n')
            length++;
        take_line(reader, bytes + at, length);
        at += length + 1;
    }
}

/* A mark of UTF-8 at the start, as editors leave it. */
static size_t size_of_mark(const uint8_t *bytes, size_t size)
{
    return size >= 3 && bytes[0] == 0xef && bytes[1] == 0xbb && bytes[2] == 0xbf ? 3 : 0;
}

static bool begins_as_json(const uint8_t *bytes, size_t size)
{
    size_t at = 0;
    while (at < size && (bytes[at] == ' ' || (bytes[at] >= '\t' && bytes[at] <= '\r')))
        at++;
    return at < size && bytes[at] == '{';
}

enum platform_text platform_text_read(uint8_t *bytes, size_t size, struct cli_buffer memory,
                                      const char *const names[], platform_take_field *take,
                                      void *context)
{
    struct reader reader = {.names = names, .take = take, .context = context, .memory = memory};
    size_t mark = size_of_mark(bytes, size);
    bytes += mark;
    size -= mark;
    bool is_json = begins_as_json(bytes, size);
    if (is_json)
        read_json(&reader, bytes, size);
    else
        read_table(&reader, bytes, size);
    if (reader.is_refused)
        return PLATFORM_TEXT_REFUSED;
    if (reader.taken > 0)
        return PLATFORM_TEXT_TAKEN;
    return is_json ? PLATFORM_TEXT_NOTHING : PLATFORM_TEXT_OTHER;
}
