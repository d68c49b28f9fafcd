/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "snp_firmware.h"

#include "cli/text.h"
#include "guest/firmware_kind.h"

/* A firmware that is read. */
struct reading {
    struct snp_firmware *firmware;
    const struct cli_console *console;
    const struct snp_firmware_file *file;
    uint64_t told;     /* by the platform, in bytes; 0: nothing */
    uint64_t expected; /* what the file must have; 0: nobody knows */
    bool is_open;      /* the pages are: the file has a size that fits */
    struct sevl_snp_firmware pages;
    bool has_variants; /* they could be begun */
    struct sevl_sha256 stream;
    struct looks_head head;
    struct sevl_ovmf_tail tail;
};

static void begin_variants(struct reading *reading)
{
    struct sevl_snp_firmware_variants *variants = reading->file->variants;
    if (!reading->is_open || variants == NULL)
        return;
    reading->has_variants = sevl_snp_firmware_variants_init(variants, reading->expected) == SEVL_OK;
    sevl_snp_firmware_collect(&reading->pages, variants);
}

/* What is wrong with the size is said once the start of the file tells what it is. */
static void begin_firmware(void *context, bool is_known, uint64_t size)
{
    struct reading *reading = context;
    reading->told = is_known ? size : 0;
    if (reading->file->size == 0)
        reading->expected = reading->told;
    reading->is_open = sevl_snp_firmware_init(&reading->pages, reading->expected) == SEVL_OK;
    begin_variants(reading);
}

static enum sevl_result add_bytes(struct reading *reading, const void *data, size_t size)
{
    enum sevl_result result = SEVL_OK;
    if (reading->file->is_told)
        result = sevl_sha256_update(&reading->stream, data, size);
    return result == SEVL_OK ? sevl_snp_firmware_update(&reading->pages, data, size) : result;
}

/* Ends a file early that is no firmware of this size. */
static enum sevl_result take_firmware(void *context, const void *data, size_t size)
{
    struct reading *reading = context;
    struct guest_input *input = &reading->firmware->input;
    looks_head_update(&reading->head, data, size);
    input->size += size;
    if (!reading->is_open)
        return reading->head.size < LOOKS_HEAD_SIZE ? SEVL_OK : SEVL_ERROR_ENCODING;
    if (input->size > reading->expected)
        return SEVL_ERROR_ENCODING;
    if (reading->file->variants != NULL && !reading->has_variants)
        return SEVL_ERROR_CRYPTO;
    sevl_ovmf_tail_update(&reading->tail, data, size);
    return add_bytes(reading, data, size);
}

/* A size that is not known is none of a store of variables. */
static enum cli_code check_kind(const struct reading *reading, bool is_whole)
{
    uint64_t told = reading->told == 0 ? UINT64_MAX : reading->told;
    return firmware_kind_check(reading->console, reading->file->path, &reading->head,
                               is_whole ? reading->firmware->input.size : told);
}

static enum cli_code fail_expected(const struct reading *reading, bool is_whole)
{
    return cli_error(reading->console, CLI_USAGE, "--firmware: expected ",
                     text_decimal(reading->expected).text, " bytes in '", reading->file->path,
                     reading->file->size != 0 ? "', as --firmware-size says, but got "
                                              : "', as it had when it was opened, but got ",
                     is_whole ? text_decimal(reading->firmware->input.size).text : "more");
}

static enum cli_code check_size(const struct reading *reading, bool is_whole)
{
    if (reading->expected == 0)
        return cli_error(reading->console, CLI_USAGE, "--firmware-size is required: '",
                         reading->file->path, "' does not tell how many bytes it has");
    if (!reading->is_open)
        return cli_error(reading->console, CLI_USAGE,
                         "--firmware: expected whole pages of 4096 bytes, at most 4 GiB, but '",
                         reading->file->path, "' has ", text_decimal(reading->expected).text,
                         " bytes");
    if (!is_whole || reading->firmware->input.size != reading->expected)
        return fail_expected(reading, is_whole);
    return CLI_GO_ON;
}

static enum cli_code finish_firmware(struct reading *reading)
{
    struct snp_firmware *firmware = reading->firmware;
    firmware->input.has_size = true;
    if (reading->file->is_told &&
        sevl_sha256_finish(&reading->stream, firmware->input.sha256) != SEVL_OK)
        return cli_error(reading->console, CLI_FAILED, "SHA-256 failed");
    if (sevl_snp_firmware_finish(&reading->pages, firmware->digest) != SEVL_OK)
        return cli_error(reading->console, CLI_FAILED, "SHA-384 failed");
    cli_debug(reading->console, "Loader(sha256)", firmware->input.sha256, SEVL_SHA256_SIZE);
    cli_debug(reading->console, "Loader pages(sha384)", firmware->digest, sizeof firmware->digest);
    return CLI_GO_ON;
}

static enum cli_code fail_metadata(const struct reading *reading, enum sevl_result result)
{
    const struct cli_console *console = reading->console;
    const char *path = reading->file->path;
    if (result == SEVL_ERROR_ABSENT)
        return cli_error(console, CLI_USAGE, "--firmware: '", path,
                         "' is not built for SEV-SNP: no table at its end tells of SEV metadata");
    if (result == SEVL_ERROR_LENGTH)
        return cli_error(console, CLI_USAGE, "--firmware: the SEV metadata of '", path, "' begin ",
                         text_decimal(reading->firmware->metadata.distance).text,
                         " bytes before its end, but only ", text_decimal(reading->tail.size).text,
                         " bytes are kept");
    return cli_error(console, CLI_USAGE, "--firmware: the table at the end of '", path,
                     "', or the SEV metadata of that table, is malformed");
}

static enum cli_code read_tables(struct reading *reading)
{
    struct snp_firmware *firmware = reading->firmware;
    enum sevl_result result = sevl_ovmf_footer_read(&firmware->footer, &reading->tail);
    if (result == SEVL_OK)
        result = sevl_sev_metadata_read(&firmware->metadata, &reading->tail);
    return result == SEVL_OK ? CLI_GO_ON : fail_metadata(reading, result);
}

enum cli_code snp_firmware_read(struct snp_firmware *firmware, const struct cli_console *console,
                                const struct snp_firmware_file *file, struct cli_buffer buffer)
{
    struct reading reading = {.firmware = firmware,
                              .console = console,
                              .file = file,
                              .expected = file->size};
    *firmware = (struct snp_firmware){.input = {.has_size = false}};
    sevl_ovmf_tail_init(&reading.tail, firmware->end, sizeof firmware->end);
    if (sevl_sha256_init(&reading.stream) != SEVL_OK)
        return cli_error(console, CLI_FAILED, "SHA-256 failed");
    enum cli_code code =
        cli_stream_sized(begin_firmware, take_firmware, &reading, console, file->path, buffer);
    bool is_whole = code == CLI_GO_ON;
    if (!is_whole && code != CLI_USAGE)
        return code;
    code = check_kind(&reading, is_whole);
    if (code == CLI_GO_ON)
        code = check_size(&reading, is_whole);
    if (code == CLI_GO_ON)
        code = finish_firmware(&reading);
    return code == CLI_GO_ON ? read_tables(&reading) : code;
}
