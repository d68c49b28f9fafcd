/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "report_file.h"

#include <sevlaunch/sha384.h>
#include <string.h>

#include "cli/text.h"
#include "decode.h"
#include "numbers.h"

/* The answer to SNP_GET_REPORT: status, size of the report, zeros. */
#define ANSWER_HEAD 32

/* HCL: a header, the report, then a head of its own before the claims. */
#define HCL_HEAD 32
#define HCL_CLAIMS (HCL_HEAD + SEVL_SNP_REPORT_SIZE)
#define HCL_CLAIMS_HEAD 20
#define HCL_TYPE_SNP 2
#define HASH_SHA256 1
#define HASH_SHA384 2

static bool is_hcl(const uint8_t *bytes, size_t size)
{
    static const char magic[] = {'H', 'C', 'L', 'A'};
    return size >= HCL_CLAIMS + HCL_CLAIMS_HEAD &&
           text_begins((const char *)bytes, magic, sizeof magic);
}

/* What follows the claims is room that the vTPM does not use. */
static void find_in_hcl(struct report_found *found, const uint8_t *bytes, size_t size)
{
    const uint8_t *head = bytes + HCL_CLAIMS;
    size_t left = size - HCL_CLAIMS - HCL_CLAIMS_HEAD;
    uint32_t length = number_get32(head + 16);
    uint32_t hash = number_get32(head + 12);
    if (number_get32(head + 8) != HCL_TYPE_SNP || length > left)
        return;
    if (hash != HASH_SHA256 && hash != HASH_SHA384)
        return;
    found->report = bytes + HCL_HEAD;
    found->wrapper = REPORT_IN_HCL;
    found->claims = (struct report_claims){head + HCL_CLAIMS_HEAD, length, hash};
}

/* A status that is not 0 comes without a report. */
static bool is_answer(const uint8_t *bytes, size_t size)
{
    return size >= ANSWER_HEAD + SEVL_SNP_REPORT_SIZE && number_get32(bytes) == 0 &&
           number_get32(bytes + 4) == SEVL_SNP_REPORT_SIZE;
}

struct report_found report_find(const uint8_t *bytes, size_t size)
{
    struct report_found found = {.report = NULL};
    if (size == SEVL_SNP_REPORT_SIZE) {
        found.report = bytes;
    } else if (is_hcl(bytes, size)) {
        find_in_hcl(&found, bytes, size);
    } else if (is_answer(bytes, size)) {
        found.report = bytes + ANSWER_HEAD;
        found.wrapper = REPORT_IN_ANSWER;
    }
    return found;
}

static enum cli_code fail_form(const struct cli_console *console, const char *option,
                               const char *path, size_t size)
{
    return cli_error(console, CLI_USAGE, option,
                     ": expected a report of 1184 bytes, an answer of /dev/sev-guest or an HCL "
                     "report of Azure, as it is, in hexadecimal or in base64, but '",
                     path, "', of ", text_decimal(size).text, " bytes, is none of these");
}

static enum cli_code fail_report(const struct cli_console *console, const char *option,
                                 const char *path)
{
    return cli_error(console, CLI_USAGE, option, ": expected a report of version 2 to 6, but '",
                     path, "' has another version, or bytes that are not 0 where they must be");
}

static enum cli_code fail_room(const struct cli_console *console, const char *option,
                               const char *path)
{
    return cli_error(console, CLI_USAGE, option, ": '", path, "' is too long");
}

/* Keeps a part, and has the pointer lead to the copy. */
static bool keep_part(struct store *store, const uint8_t **part, size_t size)
{
    *part = store_keep(store, *part, size);
    return *part != NULL;
}

enum report_problem report_file_take(struct report_file *file, struct store *store, uint8_t *bytes,
                                     size_t size)
{
    memset(file, 0, sizeof *file);
    struct report_found found = report_find(bytes, decode_text(bytes, size));
    if (found.report == NULL)
        return REPORT_FORM;
    if (!keep_part(store, &found.report, SEVL_SNP_REPORT_SIZE))
        return REPORT_ROOM;
    if (found.claims.text != NULL && !keep_part(store, &found.claims.text, found.claims.size))
        return REPORT_ROOM;
    file->claims = found.claims;
    if (sevl_snp_report_read(&file->report, found.report, SEVL_SNP_REPORT_SIZE) != SEVL_OK)
        return REPORT_VERSION;
    return REPORT_TAKEN;
}

enum cli_code report_file_read(struct report_file *file, struct store *store,
                               const struct cli_console *console, const char *option,
                               const char *path)
{
    size_t size;
    enum cli_code code = store_read(store, console, option, path, &size);
    if (code != CLI_GO_ON)
        return code;
    switch (report_file_take(file, store, store->buffer.memory, size)) {
    case REPORT_TAKEN:
        return CLI_GO_ON;
    case REPORT_FORM:
        return fail_form(console, option, path, size);
    case REPORT_VERSION:
        return fail_report(console, option, path);
    default: /* REPORT_ROOM */
        return fail_room(console, option, path);
    }
}

static enum sevl_result hash_by_sha256(const struct report_claims *claims, uint8_t *hash)
{
    struct sevl_sha256 stream;
    enum sevl_result result = sevl_sha256_init(&stream);
    if (result == SEVL_OK)
        result = sevl_sha256_update(&stream, claims->text, claims->size);
    return result == SEVL_OK ? sevl_sha256_finish(&stream, hash) : result;
}

static enum sevl_result hash_by_sha384(const struct report_claims *claims, uint8_t *hash)
{
    struct sevl_sha384 stream;
    enum sevl_result result = sevl_sha384_init(&stream);
    if (result == SEVL_OK)
        result = sevl_sha384_update(&stream, claims->text, claims->size);
    return result == SEVL_OK ? sevl_sha384_finish(&stream, hash) : result;
}

const char *report_claims_hash_name(const struct report_claims *claims)
{
    return claims->hash == HASH_SHA256 ? "SHA-256" : "SHA-384";
}

enum sevl_result report_claims_verify(const struct report_claims *claims,
                                      const struct sevl_snp_report *report)
{
    uint8_t expected[64] = {0};
    uint8_t difference = 0;
    enum sevl_result result = claims->hash == HASH_SHA256 ? hash_by_sha256(claims, expected)
                                                          : hash_by_sha384(claims, expected);
    if (result != SEVL_OK)
        return result;
    for (size_t i = 0; i < sizeof expected; i++)
        difference |= expected[i] ^ report->report_data[i];
    return difference == 0 ? SEVL_MATCH : SEVL_MISMATCH;
}
