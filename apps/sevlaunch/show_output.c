/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "show_output.h"

#include "cli/text.h"

/* The form of the document; it changes when a member changes its meaning. */
#define SCHEMA 1

static void put_plain(struct show_output *output, const char *name, const char *value)
{
    if (output->is_json)
        cli_json_member(&output->json, name, value);
    else
        cli_json_line(&output->json, name, ": ", value);
}

static void put_quoted(struct show_output *output, const char *name, const char *value)
{
    if (output->is_json)
        cli_json_line(&output->json, "  \"", name, "\": \"", value, "\",");
    else
        cli_json_line(&output->json, name, ": ", value);
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

void show_bytes(struct show_output *output, const char *name, const uint8_t *bytes, size_t size)
{
    char text[2 * SHOW_BYTES_MAX + 1];
    text_from_bytes(text, bytes, size);
    put_quoted(output, name, text);
}

void show_list_begin(struct show_output *output, const char *name)
{
    if (output->is_json)
        cli_json_line(&output->json, "  \"", name, "\": [");
}

void show_item_json(struct show_output *output, bool is_last, const char *const parts[])
{
    const char *line[20] = {"    "};
    size_t used = 1;
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
    if (!output->is_json)
        cli_json_line_of(&output->json, parts);
}

void show_list_end(struct show_output *output)
{
    if (output->is_json)
        cli_json_line(&output->json, "  ],");
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

bool show_end(struct show_output *output)
{
    show_list_begin(output, "notes");
    for (size_t i = 0; i < output->count; i++) {
        show_item_of_json(output, i + 1 == output->count, "\"", output->notes[i], "\"");
        show_item_of_text(output, "note: ", output->notes[i]);
    }
    if (output->is_json) {
        cli_json_line(&output->json, "  ]");
        return cli_json_end(&output->json);
    }
    return output->json.printed;
}
