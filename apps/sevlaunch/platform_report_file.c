/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "platform_report_file.h"

#include <string.h>

#include "decode.h"
#include "platform_looks.h"
#include "platform_text.h"

/* What was found in the file. */
struct found {
    struct platform_report_file *file;
    const char *looks; /* of bytes that are no report; NULL: they are */
};

static void take_bytes(struct found *found, const uint8_t *bytes, size_t size)
{
    found->looks = NULL;
    if (size == sizeof found->file->bytes)
        memcpy(found->file->bytes, bytes, size);
    else
        found->looks = platform_looks_like(bytes, size);
}

static bool take_field(void *context, size_t field, uint8_t *value, size_t size)
{
    struct found *found = context;
    (void)field;
    take_bytes(found, value, size);
    return found->looks == NULL;
}

static void find_report(struct found *found, const struct store *store, size_t size)
{
    static const char *const names[] = {"data", NULL};
    uint8_t *bytes = store->buffer.memory;
    const struct cli_buffer memory = {store->kept, store->capacity};
    switch (platform_text_read(bytes, size, memory, names, take_field, found)) {
    case PLATFORM_TEXT_OTHER:
        take_bytes(found, bytes, decode_text(bytes, size));
        return;
    case PLATFORM_TEXT_NOTHING:
        found->looks = "no JSON with a member 'data'";
        return;
    default:
        return;
    }
}

enum cli_code platform_report_file_read(struct platform_report_file *file, struct store *store,
                                        const struct cli_console *console, const char *option,
                                        const char *path)
{
    struct found found = {file, NULL};
    size_t size;
    enum cli_code code = store_read(store, console, option, path, &size);
    if (code != CLI_GO_ON)
        return code;
    find_report(&found, store, size);
    if (found.looks != NULL)
        return cli_error(console, CLI_USAGE, option,
                         ": expected a report of 208 bytes, as it is, in hexadecimal or base64, or "
                         "the answer to query-sev-attestation-report, but '",
                         path, "' is ", found.looks);
    if (sevl_sev_platform_report_read(&file->report, file->bytes, sizeof file->bytes) != SEVL_OK)
        return cli_error(console, CLI_USAGE, option, ": expected a report, but '", path,
                         "', of 208 bytes, does not say that a PEK signed it by ECDSA with "
                         "SHA-256, or has bytes that are not 0 where they must be");
    return CLI_GO_ON;
}
