/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include <sevlaunch/guid.h>
#include <sevlaunch/snp/firmware_info.h>

#include "cli/text.h"
#include "show_file.h"
#include "snp_info.h"

/* Entries of the table that ends an image, as EDK2 and QEMU name them. */
static const struct known_entry {
    const char *guid;
    const char *name;
} known_entries[] = {
    {"00f771de-1a7e-4fcb-890e-68c77e2fb44e", "SEV-ES reset block"},
    {"4c2eb361-7d9b-4cc3-8081-127c90d3d294", "SEV launch secret area"},
    {"7255371f-3a3b-4b04-927b-1da6efa8d454", "SEV kernel hashes area"},
    {"784fa70e-3176-4677-8a20-04b68699e374", "IGVM parameters"},
    {"a789a612-0597-4c4b-a49f-cbb1fe9d1ddd", "SVSM information"},
    {"dc886566-984a-4798-a75e-5585a7bf67cc", "SEV metadata"},
    {"e47a6535-984a-4798-865e-4685a7bf8ec2", "TDX metadata"},
};

static const char *entry_name(const char *guid)
{
    for (size_t i = 0; i < sizeof known_entries / sizeof *known_entries; i++)
        if (text_equal(known_entries[i].guid, guid))
            return known_entries[i].name;
    return "not known here";
}

static const char *section_name(uint32_t type)
{
    switch (type) {
    case SEVL_SEV_SECTION_MEMORY:
        return "SEC_MEM";
    case SEVL_SEV_SECTION_SECRETS:
        return "SECRETS";
    case SEVL_SEV_SECTION_CPUID:
        return "CPUID";
    case SEVL_SEV_SECTION_SVSM_CAA:
        return "SVSM_CAA";
    case SEVL_SEV_SECTION_KERNEL_HASHES:
        return "KERNEL_HASHES";
    default:
        return "not known here";
    }
}

/* The first in the image last, as they are read. */
static void show_entries(struct show_output *output, const struct sevl_ovmf_tail *tail)
{
    struct sevl_ovmf_entries entries = {NULL, 0};
    struct sevl_ovmf_entry entry;
    char guid[SEVL_GUID_TEXT_LENGTH + 1];
    bool found = sevl_ovmf_entries_find(&entries, tail) == SEVL_OK;
    show_list_begin(output, "entries");
    while (found && entries.size > 0 && sevl_ovmf_entries_take_last(&entries, &entry)) {
        sevl_guid_to_text(entry.guid, guid);
        show_item_of_json(output, entries.size == 0, "{\"guid\": \"", guid,
                          "\", \"size\": ", text_decimal(entry.size).text, ", \"name\": \"",
                          entry_name(guid), "\"}");
        show_item_of_text(output, "entry: ", guid, ", ", text_decimal(entry.size).text, " bytes, ",
                          entry_name(guid));
    }
    show_list_end(output);
}

static void show_sections(struct show_output *output, const struct sevl_sev_metadata *metadata)
{
    show_list_begin(output, "sections");
    for (uint32_t i = 0; i < metadata->count; i++) {
        struct sevl_sev_section section = sevl_sev_metadata_section(metadata, i);
        const char *name = section_name(section.type);
        show_item_of_json(output, i + 1 == metadata->count,
                          "{\"base\": ", text_decimal(section.base).text,
                          ", \"size\": ", text_decimal(section.size).text,
                          ", \"type\": ", text_decimal(section.type).text, ", \"name\": \"", name,
                          "\"}");
        show_item_of_text(output, "section: ", text_hexadecimal(section.base).text, ", ",
                          text_decimal(section.size).text, " bytes, type ",
                          text_decimal(section.type).text, ", ", name);
    }
    show_list_end(output);
}

static void show_area(struct show_output *output, const char *name, struct sevl_ovmf_area area)
{
    if (area.size == 0) {
        show_word(output, name, NULL);
        return;
    }
    if (output->is_json)
        cli_json_line(&output->json, "  \"", name, "\": {\"base\": ", text_decimal(area.base).text,
                      ", \"size\": ", text_decimal(area.size).text, "},");
    show_item_of_text(output, name, ": ", text_hexadecimal(area.base).text, ", ",
                      text_decimal(area.size).text, " bytes");
}

/* What a launch with the hashes of a kernel would be told of it. */
static enum sevl_result try_kernel(const struct snp_firmware *firmware)
{
    uint8_t digest[SEVL_SNP_LAUNCH_DIGEST_SIZE];
    const struct sevl_snp_guest guest = {.firmware_size = firmware->input.size,
                                         .metadata = firmware->metadata,
                                         .hash_table = firmware->footer.hash_table,
                                         .has_kernel = true};
    return sevl_snp_launch_digest_before_cpus(&guest, digest);
}

/* What the tables tell, of an image or of what was kept of it. */
static enum cli_code show_tables(const struct snp_firmware *firmware, bool has_metadata,
                                 const struct cli_console *console, struct show_output *output)
{
    const struct sevl_ovmf_footer *footer = &firmware->footer;
    enum sevl_result result = has_metadata ? try_kernel(firmware) : SEVL_ERROR_ABSENT;
    if (result == SEVL_ERROR_CRYPTO)
        return cli_error(console, CLI_FAILED, "SHA-384 failed");
    show_flag(output, "sev-snp", has_metadata);
    show_flag(output, "sev-es", footer->reset_address != 0);
    show_flag(output, "sev",
              has_metadata || footer->reset_address != 0 || footer->hash_table.size > 0 ||
                  footer->secret.size > 0);
    show_flag(output, "kernel-hashes-sev",
              footer->hash_table.size >= SEVL_KERNEL_HASHES_TABLE_SIZE);
    show_flag(output, "kernel-hashes-sev-snp", result == SEVL_OK);
    show_hexadecimal(output, "reset-address", footer->reset_address != 0, footer->reset_address);
    show_area(output, "hash-table", footer->hash_table);
    show_area(output, "secret", footer->secret);
    show_sections(output, &firmware->metadata);
    show_note(output,
              "sev, sev-es and sev-snp are what its tables tell: its code may support less");
    if (result == SEVL_ERROR_ENCODING)
        show_note(output, "a section is of a type that is not known here, or overlaps with the "
                          "image: snp-digest refuses it");
    if (result == SEVL_ERROR_LENGTH)
        show_note(output, "it is not whole pages of 4096 bytes, at most 4 GiB: snp-digest "
                          "refuses it");
    return CLI_SUCCESS;
}

/* Whether the metadata can be used; why not is a note. */
static bool read_metadata(struct show_file *file, struct show_output *output)
{
    enum sevl_result result = sevl_sev_metadata_read(&file->firmware.metadata, &file->tail);
    if (result == SEVL_ERROR_LENGTH)
        show_note(output, "its SEV metadata lie too far from its end");
    if (result == SEVL_ERROR_ENCODING)
        show_note(output, "its SEV metadata are malformed");
    return result == SEVL_OK;
}

enum cli_code show_firmware(struct show_file *file, const struct cli_console *console,
                            struct show_output *output)
{
    struct snp_firmware *firmware = &file->firmware;
    enum sevl_result result = sevl_ovmf_footer_read(&firmware->footer, &file->tail);
    if (result == SEVL_ERROR_ABSENT)
        return CLI_GO_ON;
    if (result != SEVL_OK)
        return cli_error(console, CLI_USAGE, "'", file->path,
                         "' is firmware, but the table at its end is malformed");
    firmware->input.size = file->size;
    bool has_metadata = read_metadata(file, output);
    show_begin(output, "firmware");
    show_file_members(file, output);
    show_entries(output, &file->tail);
    return show_tables(firmware, has_metadata, console, output);
}

static bool begins_as_object(const struct show_file *file)
{
    size_t at = 0;
    while (at < file->head.size && text_contains(" \t\r\n", (char)file->head.bytes[at]))
        at++;
    return at < file->head.size && file->head.bytes[at] == '{';
}

static bool names_type(const struct show_file *file)
{
    static const char type[] = SEVL_SNP_FIRMWARE_INFO_TYPE;
    for (size_t at = 0; at + sizeof type <= file->kept; at++)
        if (text_begins(file->start + at, type, sizeof type - 1))
            return true;
    return false;
}

enum cli_code show_firmware_info(struct show_file *file, const struct cli_console *console,
                                 struct show_output *output)
{
    struct snp_firmware *firmware = &file->firmware;
    if (!begins_as_object(file) || !show_is_whole(file))
        return CLI_GO_ON;
    if (!names_type(file))
        return cli_error(console, CLI_USAGE, "'", file->path,
                         "' is JSON of no type that is known here");
    enum cli_code code = snp_info_take(firmware, console, "", file->path, file->start, file->kept);
    if (code != CLI_GO_ON)
        return code;
    show_begin(output, "firmware-info");
    show_decimal(output, "size", firmware->input.size);
    show_bytes(output, "sha256", firmware->input.sha256, SEVL_SHA256_SIZE);
    show_bytes(output, "launch-digest", firmware->digest, sizeof firmware->digest);
    show_note(output, "size, sha256 and launch-digest are as the file says, of an image that is "
                      "not there");
    return show_tables(firmware, true, console, output);
}
