/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "manifest.h"

#include <string.h>

#include "cli/text.h"
#include "json_scan.h"

/* Where members are: of the document, and of each value in its list. */
#define DEPTH_OF_DOCUMENT 1
#define DEPTH_OF_VALUES 2
#define DEPTH_OF_VALUE 3

/* What the document must say of itself, and what was seen of it. */
enum member { TYPE, SCHEMA, TECHNOLOGY, VALUES, OTHER };
static const struct known_member {
    const char *name;
    const char *value;
} members[OTHER] = {{"type", "sevlaunch-reference-values"},
                    {"schema", "1"},
                    {"technology", "sev-snp"},
                    {"values", NULL}};

struct manifest {
    struct json_scan scan;
    struct verify_request *request;
    const struct sevl_snp_report *report; /* whose value is looked for; NULL: all are kept */
    uint8_t (*kept)[SEVL_SNP_LAUNCH_DIGEST_SIZE];
    size_t room;        /* for those that are kept */
    bool is_full;       /* there were more */
    enum member member; /* of the document, which is read */
    bool seen[OTHER];
    bool is_measurement; /* the next string */
    bool is_found;
};

static bool keep_value(struct manifest *manifest, const char *text)
{
    size_t *count = &manifest->request->expectations.measurement_count;
    manifest->is_full = *count == manifest->room;
    if (manifest->is_full ||
        !text_to_bytes(text, manifest->kept[*count], SEVL_SNP_LAUNCH_DIGEST_SIZE))
        return false;
    manifest->request->reference_values++;
    ++*count;
    return true;
}

static bool look_at_value(struct manifest *manifest, const char *text)
{
    struct sevl_snp_expectations *expectations = &manifest->request->expectations;
    uint8_t *value = manifest->request->measurements[expectations->measurement_count];
    if (manifest->is_found)
        value = manifest->request->measurements[CLI_REPEATED_MAX];
    if (!text_to_bytes(text, value, SEVL_SNP_LAUNCH_DIGEST_SIZE))
        return false;
    manifest->request->reference_values++;
    uint8_t difference = 0;
    for (size_t i = 0; i < SEVL_SNP_LAUNCH_DIGEST_SIZE; i++)
        difference |= value[i] ^ manifest->report->measurement[i];
    if (difference != 0 || manifest->is_found)
        return true;
    manifest->is_found = true;
    expectations->measurement_count++;
    return true;
}

static bool take_value(struct manifest *manifest, const char *text)
{
    if (text == NULL)
        return false;
    return manifest->report == NULL ? keep_value(manifest, text) : look_at_value(manifest, text);
}

static void take_member_name(struct manifest *manifest, const char *text)
{
    manifest->member = OTHER;
    for (int i = TYPE; text != NULL && i < OTHER; i++)
        if (text_equal(text, members[i].name))
            manifest->member = (enum member)i;
}

/* A member that is there twice is none that can be relied on. */
static bool see_member(struct manifest *manifest)
{
    bool is_new = !manifest->seen[manifest->member];
    manifest->seen[manifest->member] = true;
    return is_new;
}

static bool take_scalar(struct manifest *manifest, const char *text)
{
    if (manifest->member == OTHER)
        return true;
    const char *expected = members[manifest->member].value;
    return text != NULL && expected != NULL && text_equal(text, expected) && see_member(manifest);
}

static bool take_in_value(struct manifest *manifest, enum json_token token, const char *text)
{
    if (token == JSON_NAME) {
        manifest->is_measurement = text != NULL && text_equal(text, "measurement");
        return true;
    }
    if (!manifest->is_measurement)
        return true;
    return token == JSON_STRING && take_value(manifest, text);
}

static bool take_in_document(struct manifest *manifest, enum json_token token, const char *text)
{
    switch (token) {
    case JSON_NAME:
        take_member_name(manifest, text);
        return true;
    case JSON_STRING:
    case JSON_WORD:
        return take_scalar(manifest, text);
    case JSON_OPEN_ARRAY:
        return manifest->member == OTHER || (manifest->member == VALUES && see_member(manifest));
    case JSON_OPEN_OBJECT:
        return manifest->member == OTHER;
    default:
        return true;
    }
}

static bool take_token(void *context, enum json_token token, uint32_t depth, const char *text)
{
    struct manifest *manifest = context;
    if (depth == 0)
        return token == JSON_OPEN_OBJECT || token == JSON_CLOSE;
    if (depth == DEPTH_OF_DOCUMENT)
        return take_in_document(manifest, token, text);
    if (manifest->member != VALUES)
        return true;
    if (depth == DEPTH_OF_VALUES)
        return token == JSON_OPEN_OBJECT || token == JSON_CLOSE;
    return depth > DEPTH_OF_VALUE || take_in_value(manifest, token, text);
}

static enum sevl_result take_bytes(void *context, const void *data, size_t size)
{
    struct manifest *manifest = context;
    return json_scan_update(&manifest->scan, data, size) ? SEVL_OK : SEVL_ERROR_ENCODING;
}

static bool is_whole(struct manifest *manifest)
{
    if (!json_scan_end(&manifest->scan) || manifest->request->reference_values == 0)
        return false;
    for (int i = TYPE; i < OTHER; i++)
        if (!manifest->seen[i])
            return false;
    return true;
}

static enum cli_code fail_document(const struct cli_console *console, const char *path)
{
    return cli_error(console, CLI_USAGE,
                     "--reference: expected reference values of SEV-SNP, as "
                     "'sevlaunch snp-digest --json' prints them, but '",
                     path, "' holds something else");
}

static enum cli_code fail_full(const struct manifest *manifest, const struct cli_console *console,
                               const char *path)
{
    return cli_error(console, CLI_USAGE, "--reference: expected at most ",
                     text_decimal(manifest->room).text, " values for many reports, but '", path,
                     "' holds more, with those of --measurement");
}

static enum cli_code read_document(struct manifest *manifest, struct store *store,
                                   const struct cli_console *console, const char *path)
{
    manifest->member = OTHER;
    json_scan_begin(&manifest->scan, take_token, manifest);
    enum cli_code code = store_stream(store, console, "--reference", path, take_bytes, manifest);
    if (manifest->is_full)
        return fail_full(manifest, console, path);
    if (code == CLI_USAGE || (code == CLI_GO_ON && !is_whole(manifest)))
        return fail_document(console, path);
    return code;
}

enum cli_code manifest_read(struct verify_request *request, struct store *store,
                            const struct cli_console *console, const struct sevl_snp_report *report)
{
    const char *path = request->arguments->value[VERIFY_OPTION_REFERENCE];
    struct manifest manifest;
    if (path == NULL)
        return CLI_GO_ON;
    memset(&manifest, 0, sizeof manifest);
    manifest.request = request;
    manifest.report = report;
    return read_document(&manifest, store, console, path);
}

enum cli_code manifest_keep(struct verify_request *request, struct store *store,
                            const struct cli_console *console,
                            uint8_t (*memory)[SEVL_SNP_LAUNCH_DIGEST_SIZE], size_t room)
{
    const char *path = request->arguments->value[VERIFY_OPTION_REFERENCE];
    struct manifest manifest;
    memcpy(memory, request->measurements, sizeof request->measurements);
    request->expectations.measurements = (const uint8_t(*)[SEVL_SNP_LAUNCH_DIGEST_SIZE])memory;
    if (path == NULL)
        return CLI_GO_ON;
    memset(&manifest, 0, sizeof manifest);
    manifest.request = request;
    manifest.kept = memory;
    manifest.room = room;
    return read_document(&manifest, store, console, path);
}
