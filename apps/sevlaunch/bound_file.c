/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "bound_file.h"

#include <sevlaunch/sha384.h>
#include <sevlaunch/sha512.h>
#include <string.h>

struct hashes {
    struct sevl_sha256 sha256;
    struct sevl_sha384 sha384;
    struct sevl_sha512 sha512;
};

static enum sevl_result begin_hashes(struct hashes *hashes)
{
    enum sevl_result result = sevl_sha256_init(&hashes->sha256);
    if (result == SEVL_OK)
        result = sevl_sha384_init(&hashes->sha384);
    return result == SEVL_OK ? sevl_sha512_init(&hashes->sha512) : result;
}

static enum sevl_result take_bytes(void *context, const void *data, size_t size)
{
    struct hashes *hashes = context;
    enum sevl_result result = sevl_sha256_update(&hashes->sha256, data, size);
    if (result == SEVL_OK)
        result = sevl_sha384_update(&hashes->sha384, data, size);
    return result == SEVL_OK ? sevl_sha512_update(&hashes->sha512, data, size) : result;
}

/* Each with zeros after it. */
static enum sevl_result end_hashes(struct hashes *hashes,
                                   uint8_t values[BOUND_FILE_HASHES][REPORT_DATA_SIZE])
{
    enum sevl_result result = sevl_sha256_finish(&hashes->sha256, values[0]);
    if (result == SEVL_OK)
        result = sevl_sha384_finish(&hashes->sha384, values[1]);
    return result == SEVL_OK ? sevl_sha512_finish(&hashes->sha512, values[2]) : result;
}

static void choose_value(struct sevl_snp_expectations *expectations,
                         const uint8_t values[3][REPORT_DATA_SIZE],
                         const struct sevl_snp_report *report)
{
    size_t chosen = 0;
    while (chosen < 2 && !report_data_equal(values[chosen], report->report_data))
        chosen++;
    memcpy(expectations->report_data, values[chosen], REPORT_DATA_SIZE);
    expectations->expected |= SEVL_SNP_CHECK_BIT(SEVL_SNP_CHECK_REPORT_DATA);
}

static enum cli_code fail_hash(const struct cli_console *console)
{
    return cli_error(console, CLI_FAILED, "--report-data-hash: the hash of a file failed");
}

enum cli_code bound_file_hash(uint8_t values[BOUND_FILE_HASHES][REPORT_DATA_SIZE],
                              struct store *store, const struct cli_console *console,
                              const char *path)
{
    struct hashes hashes;
    memset(values, 0, BOUND_FILE_HASHES * sizeof *values);
    if (begin_hashes(&hashes) != SEVL_OK)
        return fail_hash(console);
    enum cli_code code =
        store_stream(store, console, "--report-data-hash", path, take_bytes, &hashes);
    if (code != CLI_GO_ON)
        return code;
    if (store->files[store->file_count - 1].size == 0)
        return cli_fail_empty(console, "--report-data-hash", path);
    return end_hashes(&hashes, values) == SEVL_OK ? CLI_GO_ON : fail_hash(console);
}

enum cli_code bound_file_read(struct verify_request *request, struct store *store,
                              const struct cli_console *console,
                              const struct sevl_snp_report *report)
{
    const char *path = request->arguments->value[VERIFY_OPTION_REPORT_DATA_HASH];
    uint8_t values[BOUND_FILE_HASHES][REPORT_DATA_SIZE];
    if (path == NULL)
        return CLI_GO_ON;
    enum cli_code code = bound_file_hash(values, store, console, path);
    if (code == CLI_GO_ON)
        choose_value(&request->expectations, (const uint8_t(*)[REPORT_DATA_SIZE])values, report);
    return code;
}
