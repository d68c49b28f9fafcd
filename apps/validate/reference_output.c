/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "reference_output.h"

#include <sevlaunch/base64.h>
#include <sevlaunch/wipe.h>
#include <string.h>

#include "text.h"

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

static bool write_pages(struct port_sink *sink, const struct reference *reference)
{
    const struct sevl_sev_guest *guest = &reference->values.guest;
    return write_page(sink, reference, SEVL_RESET_ADDRESS_CPU0) &&
           (guest->cpus < 2 || write_page(sink, reference, guest->reset_address));
}

static bool commit_pages(struct port_sink *sink, const char *path,
                         const struct reference *reference)
{
    if (!port_create(sink, path))
        return false;
    if (write_pages(sink, reference))
        return port_commit(sink, 1);
    port_abandon(sink);
    return false;
}

bool reference_write_pages(struct console *console, const char *path,
                           const struct reference *reference)
{
    struct port_sink sink;
    if (commit_pages(&sink, path, reference))
        return true;
    return console_fail(console, CODE_FAILED, "cannot write '", path,
                        "': ", port_sink_reason(&sink));
}

static bool print_bytes(struct console *console, enum format format, const uint8_t *bytes,
                        size_t size)
{
    char text[2 * sizeof(struct sevl_measurement) + 1];
    if (format == FORMAT_HEX)
        text_from_bytes(text, bytes, size);
    else if (sevl_base64_encode(bytes, size, text, sizeof text) != SEVL_OK)
        return console_fail(console, CODE_FAILED, "base64 failed");
    return console_print(console, text);
}

bool reference_print_digest(struct console *console, enum format format,
                            const struct reference *reference)
{
    return format == FORMAT_NONE ||
           print_bytes(console, format, reference->values.launch_digest, SEVL_SHA256_SIZE);
}

bool reference_print_measurement(struct console *console, enum format format,
                                 const struct reference *reference,
                                 const struct host_evidence *evidence,
                                 const uint8_t tik[SEVL_TIK_SIZE])
{
    const struct sevl_evidence *values = &evidence->values;
    struct sevl_measurement expected = values->measurement;
    uint8_t message[SEVL_MEASUREMENT_MESSAGE_SIZE];
    if (format == FORMAT_NONE)
        return true;
    sevl_measurement_message(&values->launch, reference->values.launch_digest, expected.mnonce,
                             message);
    if (sevl_measurement_compute(tik, message, expected.measure) != SEVL_OK)
        return console_fail(console, CODE_FAILED, "HMAC-SHA256 failed");
    return print_bytes(console, format, (const uint8_t *)&expected, sizeof expected);
}
