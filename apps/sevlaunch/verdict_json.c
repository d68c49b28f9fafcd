/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "verdict_json.h"

#include "cli/text.h"

/* The form of the object; it changes when a member changes its meaning. */
#define SCHEMA 1

void verdict_json_begin(struct cli_json *json, const char *technology, bool is_good)
{
    cli_json_begin(json);
    cli_json_member(json, "type", "\"sevlaunch-verdict\"");
    cli_json_number(json, "schema", SCHEMA);
    cli_json_line(json,
                  "  \"tool\": {\"name\": \"sevlaunch\", \"version\": \"" SEVLAUNCH_VERSION "\"},");
    cli_json_line(json, "  \"technology\": \"", technology, "\",");
    cli_json_member(json, "verdict", is_good ? "\"passed\"" : "\"failed\"");
}

void verdict_json_files(struct cli_json *json, const struct store *store)
{
    char sha256[2 * SEVL_SHA256_SIZE + 1];
    cli_json_line(json, "  \"inputs\": [");
    for (size_t i = 0; i < store->file_count; i++) {
        const struct store_file *file = &store->files[i];
        text_from_bytes(sha256, file->sha256, sizeof file->sha256);
        cli_json_line(json, "    {\"option\": \"", file->option + 2,
                      "\", \"size\": ", text_decimal(file->size).text, ", \"sha256\": \"", sha256,
                      i + 1 < store->file_count ? "\"}," : "\"}");
    }
    cli_json_line(json, "  ],");
}

static void put_text_member(struct cli_json *json, const char *name, const char *text,
                            const char *end)
{
    const char *quote = text[0] == '\0' ? "" : "\"";
    cli_json_line(json, "     \"", name, "\": ", quote, text[0] == '\0' ? "null" : text, quote,
                  end);
}

void verdict_json_put_check(struct cli_json *json, const struct verdict_json_check *check,
                            bool is_last)
{
    cli_json_line(json, "    {\"check\": \"", check->name, "\", \"state\": \"", check->state,
                  "\",");
    cli_json_line(json, "     \"protects-against\": \"", check->protects, "\",");
    put_text_member(json, "expected", check->expected, ",");
    put_text_member(json, "actual", check->actual, is_last ? "}" : "},");
}
