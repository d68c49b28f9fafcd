/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sev_firmware.h"

#include "guest/firmware_kind.h"

/* A firmware that is read. */
struct reading {
    struct sev_firmware *firmware;
    struct looks_head head;
    struct sevl_ovmf_tail tail;
};

static enum sevl_result take_firmware(void *context, const void *data, size_t size)
{
    struct reading *reading = context;
    reading->firmware->input.size += size;
    looks_head_update(&reading->head, data, size);
    sevl_ovmf_tail_update(&reading->tail, data, size);
    return sevl_sha256_update(&reading->firmware->stream, data, size);
}

static enum cli_code read_table(struct sev_firmware *firmware, const struct cli_console *console,
                                const char *path, const struct sevl_ovmf_tail *tail)
{
    enum sevl_result result = sevl_ovmf_footer_read(&firmware->footer, tail);
    firmware->has_table = result == SEVL_OK;
    if (result != SEVL_ERROR_ENCODING)
        return CLI_GO_ON;
    return cli_error(console, CLI_USAGE, "--firmware: the table at the end of '", path,
                     "' is malformed");
}

enum cli_code sev_firmware_read(struct sev_firmware *firmware, const struct cli_console *console,
                                const char *path, struct cli_buffer buffer)
{
    uint8_t end[SEVL_OVMF_TAIL_SIZE];
    struct reading reading = {.firmware = firmware};
    *firmware = (struct sev_firmware){.input = {.has_size = true}};
    sevl_ovmf_tail_init(&reading.tail, end, sizeof end);
    if (sevl_sha256_init(&firmware->stream) != SEVL_OK)
        return cli_error(console, CLI_FAILED, "SHA-256 failed");
    enum cli_code code = cli_stream(take_firmware, &reading, console, path, buffer);
    if (code == CLI_GO_ON)
        code = firmware_kind_check(console, path, &reading.head, firmware->input.size);
    if (code != CLI_GO_ON)
        return code;
    struct sevl_sha256 whole = firmware->stream;
    if (sevl_sha256_finish(&whole, firmware->input.sha256) != SEVL_OK)
        return cli_error(console, CLI_FAILED, "SHA-256 failed");
    cli_debug(console, "Loader(sha256)", firmware->input.sha256, SEVL_SHA256_SIZE);
    return read_table(firmware, console, path, &reading.tail);
}
