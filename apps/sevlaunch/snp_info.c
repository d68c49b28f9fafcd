/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "snp_info.h"

#include <sevlaunch/snp/firmware_info.h>
#include <string.h>

#include "cli/output.h"
#include "cli/text.h"

/* What is expected in place of what is wrong: after the name of a member. */
static const char *const expectations[] = {
    [SEVL_FIRMWARE_INFO_NOT_JSON] = "expected JSON, as --firmware-info-out writes it",
    [SEVL_FIRMWARE_INFO_OTHER_TYPE] = "expected an object of the type " SEVL_SNP_FIRMWARE_INFO_TYPE
                                      ", as --firmware-info-out writes it",
    [SEVL_FIRMWARE_INFO_OTHER_SCHEMA] = ": expected 1, the one that this version reads",
    [SEVL_FIRMWARE_INFO_UNKNOWN] = "' is a member that is not known",
    [SEVL_FIRMWARE_INFO_TWICE] = " is there twice",
    [SEVL_FIRMWARE_INFO_MISSING] = " is missing",
    [SEVL_FIRMWARE_INFO_FIRMWARE_SIZE] = ": expected whole pages of 4096 bytes, at most 4 GiB",
    [SEVL_FIRMWARE_INFO_NUMBER] = ": expected a decimal number from 0 to 4294967295",
    [SEVL_FIRMWARE_INFO_SHA256] = ": expected 64 hexadecimal digits",
    [SEVL_FIRMWARE_INFO_SHA384] = ": expected 96 hexadecimal digits",
    [SEVL_FIRMWARE_INFO_AREA] = ": expected an object with base and size",
    [SEVL_FIRMWARE_INFO_SECTIONS] = ": expected a list of objects with base, size and type",
    [SEVL_FIRMWARE_INFO_SECTION] =
        ": expected whole pages below 4 GiB that overlap with no section before",
    [SEVL_FIRMWARE_INFO_FULL] = ": expected no more of them than an image has",
};

/* The text has room for one more character. */
static enum cli_code fail_info(const struct cli_console *console, const char *before,
                               const char *path, char *text,
                               const struct sevl_snp_firmware_info_problem *problem)
{
    bool is_unknown = problem->fault == SEVL_FIRMWARE_INFO_UNKNOWN;
    const char *name = problem->name;
    text[problem->offset + problem->length] = '\0';
    if (is_unknown)
        name = text + problem->offset;
    if (problem->fault == SEVL_FIRMWARE_INFO_OTHER_TYPE || name == NULL)
        name = "";
    return cli_error(console, CLI_USAGE, before, "line ", text_decimal(problem->line).text, " of '",
                     path, "': ", is_unknown ? "'" : "", name, expectations[problem->fault]);
}

static void take_info(struct snp_firmware *firmware, const struct sevl_snp_firmware_info *info)
{
    firmware->input.has_size = true;
    firmware->input.size = info->size;
    memcpy(firmware->input.sha256, info->sha256, sizeof info->sha256);
    memcpy(firmware->digest, info->launch_digest, sizeof info->launch_digest);
    firmware->footer = info->footer;
    firmware->metadata = info->metadata;
}

enum cli_code snp_info_take(struct snp_firmware *firmware, const struct cli_console *console,
                            const char *before, const char *path, char *text, size_t size)
{
    struct sevl_snp_firmware_info info;
    struct sevl_snp_firmware_info_problem problem;
    if (sevl_snp_firmware_info_read(&info, &problem, firmware->end,
                                    sizeof firmware->end / SEVL_SEV_SECTION_SIZE, text,
                                    size) != SEVL_OK)
        return fail_info(console, before, path, text, &problem);
    take_info(firmware, &info);
    return CLI_GO_ON;
}

enum cli_code snp_info_read(struct snp_firmware *firmware, const struct cli_console *console,
                            const char *path, struct cli_buffer buffer)
{
    size_t size;
    enum cli_code code =
        cli_read_all(buffer.memory, buffer.size - 1, &size, console, "--firmware-info", path);
    if (code == CLI_GO_ON)
        code = snp_info_take(firmware, console, "--firmware-info: ", path, buffer.memory, size);
    if (code != CLI_GO_ON)
        return code;
    cli_debug(console, "Loader(sha256)", firmware->input.sha256, SEVL_SHA256_SIZE);
    cli_debug(console, "Loader pages(sha384)", firmware->digest, sizeof firmware->digest);
    return CLI_GO_ON;
}

/* Texts, one after another. */
#define put_texts(sink, ...) put_texts_of(sink, (const char *const[]){__VA_ARGS__, NULL})
static bool put_texts_of(struct port_sink *sink, const char *const texts[])
{
    for (; *texts != NULL; texts++)
        if (!port_write(sink, *texts, text_length(*texts)))
            return false;
    return true;
}

static bool put_image(struct port_sink *sink, const struct snp_firmware *firmware)
{
    char sha256[2 * SEVL_SHA256_SIZE + 1];
    char digest[2 * SEVL_SNP_LAUNCH_DIGEST_SIZE + 1];
    text_from_bytes(sha256, firmware->input.sha256, SEVL_SHA256_SIZE);
    text_from_bytes(digest, firmware->digest, sizeof firmware->digest);
    return put_texts(sink, "{\n  \"type\": \"" SEVL_SNP_FIRMWARE_INFO_TYPE "\",\n  \"schema\": ",
                     text_decimal(SEVL_SNP_FIRMWARE_INFO_SCHEMA).text,
                     ",\n  \"size\": ", text_decimal(firmware->input.size).text,
                     ",\n  \"sha256\": \"", sha256, "\",\n  \"launch-digest\": \"", digest,
                     "\",\n  \"reset-address\": ",
                     text_decimal(firmware->footer.reset_address).text, ",\n");
}

static bool put_area(struct port_sink *sink, const char *name, struct sevl_ovmf_area area)
{
    return put_texts(sink, "  \"", name, "\": {\"base\": ", text_decimal(area.base).text,
                     ", \"size\": ", text_decimal(area.size).text, "},\n");
}

static bool put_sections(struct port_sink *sink, const struct sevl_sev_metadata *metadata)
{
    const char *before = "  \"sections\": [\n";
    for (uint32_t i = 0; i < metadata->count; i++) {
        struct sevl_sev_section section = sevl_sev_metadata_section(metadata, i);
        if (!put_texts(sink, before, "    {\"base\": ", text_decimal(section.base).text,
                       ", \"size\": ", text_decimal(section.size).text,
                       ", \"type\": ", text_decimal(section.type).text, "}"))
            return false;
        before = ",\n";
    }
    return put_texts(sink, metadata->count == 0 ? before : "\n", "  ]\n}\n");
}

static bool fill_info(struct port_sink *sink, const void *context)
{
    const struct snp_firmware *firmware = context;
    return put_image(sink, firmware) && put_area(sink, "hash-table", firmware->footer.hash_table) &&
           put_area(sink, "secret", firmware->footer.secret) &&
           put_sections(sink, &firmware->metadata);
}

enum cli_code snp_info_write(const struct snp_firmware *firmware, const struct cli_console *console,
                             const char *path)
{
    const struct cli_output output = {path, PORT_USUAL, fill_info, firmware};
    return cli_write_files(console, &output, 1);
}
