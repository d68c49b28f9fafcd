/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "firmware.h"

#include "guest/firmware_kind.h"

struct firmware {
    struct sevl_sha256 *stream;
    uint64_t *size;
    struct sevl_firmware_code *code; /* NULL: no hint will need it */
    struct looks_head head;
    struct sevl_ovmf_tail tail;
};

static enum sevl_result take_firmware(void *context, const void *data, size_t size)
{
    struct firmware *firmware = context;
    *firmware->size += size;
    looks_head_update(&firmware->head, data, size);
    sevl_ovmf_tail_update(&firmware->tail, data, size);
    enum sevl_result result = sevl_sha256_update(firmware->stream, data, size);
    if (result == SEVL_OK && firmware->code != NULL)
        result = sevl_firmware_code_update(firmware->code, data, size);
    return result;
}

static enum sevl_result begin_firmware(const struct firmware *firmware)
{
    enum sevl_result result = sevl_sha256_init(firmware->stream);
    if (result == SEVL_OK && firmware->code != NULL)
        result = sevl_firmware_code_init(firmware->code);
    return result;
}

static void debug_hash_so_far(const struct cli_console *console, struct sevl_sha256 stream)
{
    uint8_t hash[SEVL_SHA256_SIZE];
    if (console->debug && sevl_sha256_finish(&stream, hash) == SEVL_OK)
        cli_debug(console, "Loader(sha256)", hash, sizeof hash);
}

/* For a hint, it outlives the reading; it is large for the stack of a small machine. */
static struct sevl_firmware_code firmware_code;

enum cli_code firmware_read(struct reference *reference, const struct cli_console *console,
                            const struct request *request)
{
    struct sevl_reference_values *values = &reference->values;
    uint8_t end[SEVL_OVMF_TAIL_SIZE];
    struct firmware firmware = {.stream = &values->guest.firmware,
                                .size = &values->firmware_size,
                                .code = request->wants_hints ? &firmware_code : NULL};
    const char *path = request_value(request, OPTION_FIRMWARE);
    sevl_ovmf_tail_init(&firmware.tail, end, sizeof end);
    if (begin_firmware(&firmware) != SEVL_OK)
        return cli_error(console, CLI_FAILED, "SHA-256 failed");
    enum cli_code code = cli_stream(take_firmware, &firmware, console, path, reference->buffer);
    if (code == CLI_GO_ON)
        code = firmware_kind_check(console, path, &firmware.head, *firmware.size);
    if (code != CLI_GO_ON)
        return code;
    values->has_firmware = true;
    values->firmware_code = firmware.code;
    debug_hash_so_far(console, values->guest.firmware);
    reference->table = sevl_ovmf_footer_read(&reference->footer, &firmware.tail);
    return CLI_GO_ON;
}

enum cli_code firmware_fail_reset(const struct reference *reference,
                                  const struct cli_console *console, const struct request *request)
{
    const char *reason = "it is not built for SEV-ES";
    if (reference->table == SEVL_ERROR_ABSENT)
        reason = "it does not end in OVMF's table, so it is cut short, or is other firmware";
    if (reference->table == SEVL_ERROR_ENCODING)
        reason = "the table at its end is malformed";
    return cli_error(console, CLI_FAILED, "'", request_value(request, OPTION_FIRMWARE),
                     "' does not tell where CPUs but the first start: ", reason);
}
