/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "expected.h"

#include <sevlaunch/base64.h>
#include <sevlaunch/wipe.h>
#include <string.h>

#include "text.h"

static bool write_page(struct port_sink *sink, const struct evidence *evidence,
                       uint32_t reset_address)
{
    struct sevl_scratch scratch = evidence_scratch(evidence);
    for (size_t offset = 0; offset < SEVL_VMSA_SIZE;) {
        size_t left = SEVL_VMSA_SIZE - offset;
        size_t size = left < scratch.size ? left : scratch.size;
        sevl_vmsa_read(&evidence->measured.guest.cpu, reset_address, offset, scratch.bytes, size);
        if (!port_write(sink, scratch.bytes, size))
            return false;
        offset += size;
    }
    return true;
}

static bool write_pages(struct port_sink *sink, const struct evidence *evidence)
{
    const struct sevl_guest *guest = &evidence->measured.guest;
    return write_page(sink, evidence, SEVL_RESET_ADDRESS_CPU0) &&
           (guest->cpus < 2 || write_page(sink, evidence, guest->reset_address));
}

static bool commit_pages(struct port_sink *sink, const char *path, const struct evidence *evidence)
{
    if (!port_create(sink, path))
        return false;
    if (write_pages(sink, evidence))
        return port_commit(sink, 1);
    port_abandon(sink);
    return false;
}

bool expected_write_pages(struct console *console, const char *path,
                          const struct evidence *evidence)
{
    struct port_sink sink;
    if (commit_pages(&sink, path, evidence))
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

bool expected_print_digest(struct console *console, enum format format,
                           const struct evidence *evidence)
{
    return format == FORMAT_NONE ||
           print_bytes(console, format, evidence->measured.launch_digest, SEVL_SHA256_SIZE);
}

bool expected_print_measurement(struct console *console, enum format format,
                                const struct evidence *evidence, const uint8_t tik[SEVL_TIK_SIZE])
{
    const struct sevl_evidence *measured = &evidence->measured;
    struct sevl_measurement expected = measured->reported;
    uint8_t message[SEVL_MESSAGE_SIZE];
    if (format == FORMAT_NONE)
        return true;
    sevl_measure_message(&measured->launch, measured->launch_digest, expected.mnonce, message);
    if (sevl_measure(tik, message, expected.measure) != SEVL_OK)
        return console_fail(console, CODE_FAILED, "HMAC-SHA256 failed");
    return print_bytes(console, format, (const uint8_t *)&expected, sizeof expected);
}
