/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "secrets.h"

#include <sevlaunch/base64.h>
#include <sevlaunch/wipe.h>

#include "cli/output.h"
#include "cli/text.h"
#include "cli/values.h"

/* The one alias that libvirt's tool knows: what systemd and Clevis ask for. */
static const char luks_alias[] = "luks-key";
static const char luks_guid[] = "736869e5-84f0-4973-92ec-06879ce3da0b";

/* A packet: its table, the file that is read next, its header. */
struct packet {
    struct sevl_secret_table table;
    uint8_t *bytes;
    uint8_t *file;
    size_t capacity; /* of each */
    size_t size;
    uint8_t header[SEVL_SECRET_HEADER_SIZE];
};

/* The guest's Linux takes an entry of no GUID for one that was deleted. */
static bool is_nil(const struct sevl_guid *guid)
{
    static const struct sevl_guid nil;
    return sevl_guid_equal(guid, nil.bytes);
}

/* What stands before the first colon of ALIAS-OR-GUID:PATH. */
static bool read_guid(struct sevl_guid *guid, const char *text)
{
    size_t length = text_length_to(text, ':');
    if (text[length] == '\0')
        return false;
    if (length == sizeof luks_alias - 1 && text_begins(text, luks_alias, length)) {
        text = luks_guid;
        length = sizeof luks_guid - 1;
    }
    return sevl_guid_from_text(guid, text, length) == SEVL_OK && !is_nil(guid);
}

static enum cli_code read_secret_guid(struct sevl_guid *guid, const struct cli_console *console,
                                      const char *text)
{
    if (!read_guid(guid, text))
        return cli_error(console, CLI_USAGE,
                         "--inject-secret: expected luks-key:PATH or GUID:PATH, got '", text, "'");
    return CLI_GO_ON;
}

/* Of the first `count` secrets. */
static bool has_guid(const struct request *request, size_t count, const struct sevl_guid *guid)
{
    struct sevl_guid other;
    for (size_t n = 0; n < count; n++)
        if (read_guid(&other, cli_value(request->arguments, OPTION_INJECT_SECRET, n)) &&
            sevl_guid_equal(&other, guid->bytes))
            return true;
    return false;
}

static enum cli_code check_guids(const struct request *request, const struct cli_console *console)
{
    struct sevl_guid guid;
    for (size_t n = 0; n < cli_count(request->arguments, OPTION_INJECT_SECRET); n++) {
        const char *text = cli_value(request->arguments, OPTION_INJECT_SECRET, n);
        enum cli_code code = read_secret_guid(&guid, console, text);
        if (code != CLI_GO_ON)
            return code;
        if (has_guid(request, n, &guid))
            return cli_error(console, CLI_USAGE, "--inject-secret: '", text,
                             "' names a GUID that another secret has");
    }
    return CLI_GO_ON;
}

enum cli_code secrets_check(struct request *request, const struct cli_console *console)
{
    static const char *const words[] = {"libvirt", "minimal", NULL};
    int padding = SEVL_SECRET_PADDING_LIBVIRT;
    enum cli_code code =
        cli_read_word(request->arguments, console, OPTION_SECRET_PADDING, words, &padding);
    request->padding = (enum sevl_secret_padding)padding;
    if (code != CLI_GO_ON)
        return code;
    return check_guids(request, console);
}

static enum cli_code fail_capacity(const struct cli_console *console, const struct packet *packet,
                                   const char *path)
{
    return cli_error(console, CLI_USAGE, "--inject-secret: '", path,
                     "' is too long: all secrets together take at most ",
                     text_decimal(packet->capacity).text, " bytes here");
}

/*
 * Whether it is one line of text, UTF-8 for example, that an editor or echo ended with a
 * newline. All of it is looked at: the time does not tell where the first other byte is.
 */
static bool is_line(const uint8_t *secret, size_t size)
{
    size_t length = size - 1;
    size_t controls = 0;
    if (length > 0 && secret[length - 1] == '\r')
        length--;
    for (size_t i = 0; i < length; i++)
        if (secret[i] < ' ' || secret[i] == 0x7f)
            controls++;
    return controls == 0 && secret[size - 1] == '\n';
}

static enum cli_code add_secret(struct packet *packet, const struct cli_console *console,
                                const struct injection *injection, size_t n)
{
    const struct cli_arguments *arguments = injection->request->arguments;
    const char *text = cli_value(arguments, OPTION_INJECT_SECRET, n);
    const char *path = cli_path(arguments, OPTION_INJECT_SECRET, n);
    struct sevl_guid guid;
    size_t size = 0;
    enum cli_code code = read_secret_guid(&guid, console, text);
    if (code == CLI_GO_ON)
        code =
            cli_read_all(packet->file, packet->capacity, &size, console, "--inject-secret", path);
    if (code != CLI_GO_ON)
        return code;
    if (size == 0)
        return cli_error(console, CLI_USAGE, "--inject-secret: expected a secret, but '", path,
                         "' has 0 bytes");
    if (is_line(packet->file, size))
        warnings_give(injection->warnings, console, WARNING_SECRET_NEWLINE, path);
    enum sevl_result result =
        sevl_secret_add(&packet->table, packet->bytes, &guid, packet->file, size);
    sevl_wipe(packet->file, packet->capacity);
    if (result != SEVL_OK)
        return fail_capacity(console, packet, path);
    return CLI_GO_ON;
}

static enum cli_code add_secrets(struct packet *packet, const struct cli_console *console,
                                 const struct injection *injection)
{
    const struct cli_arguments *arguments = injection->request->arguments;
    if (sevl_secret_begin(&packet->table, packet->bytes, packet->capacity,
                          injection->request->padding) != SEVL_OK)
        return fail_capacity(console, packet, cli_value(arguments, OPTION_INJECT_SECRET, 0));
    for (size_t n = 0; n < cli_count(arguments, OPTION_INJECT_SECRET); n++) {
        enum cli_code code = add_secret(packet, console, injection, n);
        if (code != CLI_GO_ON)
            return code;
    }
    return CLI_GO_ON;
}

/* A source that is stuck gives one byte over and over: it is none. */
static bool make_iv(uint8_t iv[SEVL_SECRET_IV_SIZE])
{
    uint8_t differing = 0;
    if (!port_random(iv, SEVL_SECRET_IV_SIZE))
        return false;
    for (size_t i = 1; i < SEVL_SECRET_IV_SIZE; i++)
        differing |= iv[i] ^ iv[0];
    return differing != 0;
}

static enum cli_code seal_packet(struct packet *packet, const struct cli_console *console,
                                 const struct injection *injection)
{
    uint8_t iv[SEVL_SECRET_IV_SIZE] = {0};
    if (!make_iv(iv))
        return cli_error(console, CLI_FAILED,
                         "--inject-secret: this machine has no random source for the IV");
    const struct sevl_secret_seal seal = {.verdict = injection->verdict,
                                          .tek = injection->keys->tek,
                                          .tik = injection->keys->tik,
                                          .measure = injection->measure,
                                          .iv = iv};
    if (sevl_secret_seal(&packet->table, packet->bytes, &seal, packet->header, &packet->size) !=
        SEVL_OK)
        return cli_error(console, CLI_FAILED, "the encryption of the secrets failed");
    return CLI_GO_ON;
}

/* Base64 in pieces of 48 bytes, which need no '=' but the last. */
static bool write_base64(struct port_sink *sink, const uint8_t *bytes, size_t size)
{
    char text[SEVL_BASE64_SIZE(48)];
    while (size > 0) {
        size_t piece = size < 48 ? size : 48;
        if (sevl_base64_encode(bytes, piece, text, sizeof text) != SEVL_OK ||
            !port_write(sink, text, text_length(text)))
            return false;
        bytes += piece;
        size -= piece;
    }
    return true;
}

static bool fill_with_header(struct port_sink *sink, const void *context)
{
    const struct packet *packet = context;
    return write_base64(sink, packet->header, sizeof packet->header);
}

static bool fill_with_payload(struct port_sink *sink, const void *context)
{
    const struct packet *packet = context;
    return write_base64(sink, packet->bytes, packet->size);
}

static enum cli_code write_packet(const struct packet *packet, const struct cli_console *console,
                                  const struct request *request)
{
    const struct cli_output outputs[] = {{request_value(request, OPTION_SECRET_HEADER), PORT_OWNER,
                                          fill_with_header, packet},
                                         {request_value(request, OPTION_SECRET_PAYLOAD), PORT_OWNER,
                                          fill_with_payload, packet}};
    return cli_write_files(console, outputs, sizeof outputs / sizeof *outputs);
}

static size_t smaller_of(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Table and file share the memory; the firmware's area limits the table. */
static struct packet divide_buffer(const struct reference *reference)
{
    size_t half = reference->buffer.size / 2;
    struct packet packet = {.bytes = reference->buffer.memory,
                            .file = (uint8_t *)reference->buffer.memory + half,
                            .capacity = smaller_of(half, SEVL_SECRET_MAX)};
    if (reference->footer.secret.size != 0)
        packet.capacity = smaller_of(packet.capacity, reference->footer.secret.size);
    return packet;
}

enum cli_code secrets_inject(const struct cli_console *console, const struct injection *injection)
{
    const struct cli_buffer *buffer = &injection->reference->buffer;
    struct packet packet = divide_buffer(injection->reference);
    enum cli_code code = add_secrets(&packet, console, injection);
    if (code == CLI_GO_ON)
        code = seal_packet(&packet, console, injection);
    if (code == CLI_GO_ON)
        code = write_packet(&packet, console, injection->request);
    sevl_wipe(buffer->memory, buffer->size);
    return code;
}
