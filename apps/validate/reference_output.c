/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "reference_output.h"

#include <sevlaunch/base64.h>
#include <string.h>

#include "cli/output.h"
#include "cli/text.h"

static bool write_page(struct port_sink *sink, const struct reference *reference,
                       uint32_t reset_address)
{
    struct sevl_scratch scratch = reference_scratch(reference);
    for (size_t offset = 0; offset < SEVL_VMSA_SIZE;) {
        size_t left = SEVL_VMSA_SIZE - offset;
        size_t size = left < scratch.size ? left : scratch.size;
        sevl_vmsa_build(&reference->values.guest.cpu, reset_address, offset, scratch.bytes, size);
        if (!port_write(sink, scratch.bytes, size))
            return false;
        offset += size;
    }
    return true;
}

static bool fill_with_pages(struct port_sink *sink, const void *context)
{
    const struct reference *reference = context;
    const struct sevl_sev_guest *guest = &reference->values.guest;
    if (!write_page(sink, reference, SEVL_RESET_ADDRESS_CPU0))
        return false;
    return guest->cpus < 2 || write_page(sink, reference, guest->reset_address);
}

enum cli_code reference_write_pages(const struct cli_console *console, const char *path,
                                    const struct reference *reference)
{
    const struct cli_output output = {path, PORT_USUAL, fill_with_pages, reference};
    return cli_write_files(console, &output, 1);
}

static enum cli_code print_bytes(const struct cli_console *console, enum format format,
                                 const uint8_t *bytes, size_t size)
{
    char text[2 * sizeof(struct sevl_measurement) + 1];
    if (format == FORMAT_HEX)
        text_from_bytes(text, bytes, size);
    else if (sevl_base64_encode(bytes, size, text, sizeof text) != SEVL_OK)
        return cli_error(console, CLI_FAILED, "base64 failed");
    return cli_check_printed(console, cli_line(PORT_OUT, text));
}

enum cli_code reference_print_digest(const struct cli_console *console, enum format format,
                                     const struct reference *reference)
{
    if (format == FORMAT_NONE)
        return CLI_GO_ON;
    return print_bytes(console, format, reference->values.launch_digest, SEVL_LAUNCH_DIGEST_SIZE);
}

enum cli_code reference_print_measurement(const struct cli_console *console, enum format format,
                                          const struct reference *reference,
                                          const struct host_evidence *evidence,
                                          const uint8_t tik[SEVL_TIK_SIZE])
{
    const struct sevl_evidence *values = &evidence->values;
    struct sevl_measurement expected = values->measurement;
    uint8_t message[SEVL_MEASUREMENT_MESSAGE_SIZE];
    if (format == FORMAT_NONE)
        return CLI_GO_ON;
    sevl_measurement_message(&values->launch, reference->values.launch_digest, expected.mnonce,
                             message);
    if (sevl_measurement_compute(tik, message, expected.measure) != SEVL_OK)
        return cli_error(console, CLI_FAILED, "HMAC-SHA256 failed");
    return print_bytes(console, format, (const uint8_t *)&expected, sizeof expected);
}
