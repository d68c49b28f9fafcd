/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "show_output.h"

#include "cli/text.h"
#include "guest/phrase.h"
#include "moment.h"

/* The form of the document; it changes when a member changes its meaning. */
#define SCHEMA 1

/* What a line begins with. */
static const char *margin(const struct show_output *output)
{
    if (output->is_json)
        return output->is_part ? "      " : "  ";
    return output->is_part ? "  " : "";
}

static void put_plain(struct show_output *output, const char *name, const char *value)
{
    if (output->is_json)
        cli_json_line(&output->json, margin(output), "\"", name, "\": ", value, ",");
    else
        cli_json_line(&output->json, margin(output), name, ": ", value);
}

static void put_quoted(struct show_output *output, const char *name, const char *value)
{
    if (output->is_json)
        cli_json_line(&output->json, margin(output), "\"", name, "\": \"", value, "\",");
    else
        cli_json_line(&output->json, margin(output), name, ": ", value);
}

void show_begin(struct show_output *output, const char *kind)
{
    output->json.printed = true;
    if (output->is_json) {
        cli_json_begin(&output->json);
        cli_json_member(&output->json, "type", "\"sevlaunch-file\"");
        cli_json_number(&output->json, "schema", SCHEMA);
    }
    put_quoted(output, "kind", kind);
}

void show_word(struct show_output *output, const char *name, const char *word)
{
    if (word != NULL)
        put_quoted(output, name, word);
    else
        put_plain(output, name, output->is_json ? "null" : "none");
}

void show_flag(struct show_output *output, const char *name, bool flag)
{
    if (output->is_json)
        put_plain(output, name, flag ? "true" : "false");
    else
        put_plain(output, name, flag ? "yes" : "no");
}

void show_decimal(struct show_output *output, const char *name, uint64_t number)
{
    put_plain(output, name, text_decimal(number).text);
}

void show_hexadecimal(struct show_output *output, const char *name, bool is_there, uint64_t number)
{
    if (!is_there)
        show_word(output, name, NULL);
    else if (output->is_json)
        show_decimal(output, name, number);
    else
        put_plain(output, name, text_hexadecimal(number).text);
}

/* As many bytes of hexadecimal as people see in a line, with a name of 14 characters at most. */
#define LINE_BYTES 32

/* Lines of their own, so that a terminal of 80 columns breaks none of them. */
static void put_long(struct show_output *output, const char *name, const uint8_t *bytes,
                     size_t size)
{
    char text[2 * LINE_BYTES + 1];
    cli_json_line(&output->json, margin(output), name, ":");
    for (size_t at = 0; at < size; at += LINE_BYTES) {
        size_t count = size - at < LINE_BYTES ? size - at : LINE_BYTES;
        text_from_bytes(text, bytes + at, count);
        cli_json_line(&output->json, margin(output), "  ", text);
    }
}

void show_bytes(struct show_output *output, const char *name, const uint8_t *bytes, size_t size)
{
    char text[2 * SHOW_BYTES_MAX + 1];
    text_from_bytes(text, bytes, size);
    if (output->is_json || size <= LINE_BYTES)
        put_quoted(output, name, text);
    else
        put_long(output, name, bytes, size);
}

void show_bytes_if_set(struct show_output *output, const char *name, const uint8_t *bytes,
                       size_t size)
{
    uint8_t any = 0;
    for (size_t i = 0; i < size; i++)
        any |= bytes[i];
    if (any == 0)
        show_word(output, name, NULL);
    else
        show_bytes(output, name, bytes, size);
}

void show_text(struct show_output *output, const char *name, const uint8_t *text, size_t size)
{
    char plain[SHOW_BYTES_MAX + 1];
    for (size_t i = 0; i < size; i++) {
        bool is_plain = text[i] >= ' ' && text[i] <= '~' && text[i] != '"' && text[i] != '\\';
        plain[i] = '?';
        if (is_plain)
            plain[i] = (char)text[i];
    }
    plain[size] = '\0';
    put_quoted(output, name, plain);
}

void show_time(struct show_output *output, const char *name, uint64_t seconds)
{
    put_quoted(output, name, moment_to_text(seconds).text);
}

void show_version(struct show_output *output, const char *name, const uint8_t *numbers,
                  size_t count)
{
    struct phrase version = {.length = 0};
    for (size_t i = 0; i < count; i++) {
        phrase_add(&version, i == 0 ? "" : ".");
        phrase_add(&version, text_decimal(numbers[i]).text);
    }
    put_quoted(output, name, version.text);
}

void show_value(struct show_output *output, const char *name, const char *json, const char *text)
{
    put_plain(output, name, output->is_json ? json : text);
}

void show_list_begin(struct show_output *output, const char *name)
{
    if (output->is_json)
        cli_json_line(&output->json, margin(output), "\"", name, "\": [");
}

void show_item_json(struct show_output *output, bool is_last, const char *const parts[])
{
    const char *line[24] = {margin(output), "  "};
    size_t used = 2;
    if (!output->is_json)
        return;
    while (*parts != NULL)
        line[used++] = *parts++;
    if (!is_last)
        line[used] = ",";
    cli_json_line_of(&output->json, line);
}

void show_item_text(struct show_output *output, const char *const parts[])
{
    const char *line[24] = {margin(output)};
    for (size_t used = 1; *parts != NULL; used++)
        line[used] = *parts++;
    if (!output->is_json)
        cli_json_line_of(&output->json, line);
}

void show_list_end(struct show_output *output)
{
    if (output->is_json)
        cli_json_line(&output->json, margin(output), "],");
}

void show_bits(struct show_output *output, const char *list, const char *item, uint64_t number,
               const char *const names[], size_t count)
{
    show_list_begin(output, list);
    for (size_t bit = 0; number != 0; bit++, number >>= 1) {
        const char *name = bit < count ? names[bit] : NULL;
        if ((number & 1) == 0)
            continue;
        if (name == NULL)
            name = "not known here";
        show_item_of_json(output, number == 1, "{\"bit\": ", text_decimal(bit).text,
                          ", \"name\": \"", name, "\"}");
        show_item_of_text(output, item, ": bit ", text_decimal(bit).text, ", ", name);
    }
    show_list_end(output);
}

void show_note(struct show_output *output, const char *note)
{
    output->notes[output->count++] = note;
}

/* They are the last member, after which there is no comma. */
static void put_notes(struct show_output *output, size_t first)
{
    show_list_begin(output, "notes");
    for (size_t i = first; i < output->count; i++) {
        show_item_of_json(output, i + 1 == output->count, "\"", output->notes[i], "\"");
        show_item_of_text(output, "note: ", output->notes[i]);
    }
    if (output->is_json)
        cli_json_line(&output->json, margin(output), "]");
}

void show_part_begin(struct show_output *output, const char *part)
{
    output->count_of_file = output->count;
    if (output->is_json)
        cli_json_line(&output->json, "    {");
    else
        cli_json_line(&output->json, "part: ", part);
    output->is_part = true;
    if (output->is_json)
        put_quoted(output, "part", part);
}

void show_part_end(struct show_output *output, bool is_last)
{
    put_notes(output, output->count_of_file);
    output->count = output->count_of_file;
    output->is_part = false;
    if (output->is_json)
        cli_json_line(&output->json, is_last ? "    }" : "    },");
}

bool show_end(struct show_output *output)
{
    put_notes(output, 0);
    return output->is_json ? cli_json_end(&output->json) : output->json.printed;
}
