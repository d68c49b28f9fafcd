/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "secrets.h"

#include <sevlaunch/base64.h>
#include <sevlaunch/wipe.h>

#include "text.h"

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

/* ALIAS-OR-GUID:PATH, split at its first colon. */
struct secret {
    struct sevl_guid guid;
    const char *path;
};

static size_t name_length(const char *text)
{
    size_t length = 0;
    while (text[length] != '\0' && text[length] != ':')
        length++;
    return length;
}

static bool read_guid(struct sevl_guid *guid, const char *text, size_t length)
{
    if (length == sizeof luks_alias - 1 && text_begins(text, luks_alias, length)) {
        text = luks_guid;
        length = sizeof luks_guid - 1;
    }
    return sevl_guid_from_text(guid, text, length) == SEVL_OK;
}

/* The guest's Linux takes an entry of no GUID for one that was deleted. */
static bool is_nil(const struct sevl_guid *guid)
{
    static const struct sevl_guid nil;
    return sevl_guid_equal(guid, nil.bytes);
}

const char *secrets_path(const char *text)
{
    return text + name_length(text) + 1;
}

static bool read_secret(struct secret *secret, struct console *console, const char *text)
{
    size_t length = name_length(text);
    if (text[length] == '\0' || !read_guid(&secret->guid, text, length) || is_nil(&secret->guid))
        return console_fail(console, CODE_USAGE,
                            "--inject-secret: expected luks-key:PATH or GUID:PATH, got '", text,
                            "'");
    secret->path = secrets_path(text);
    return true;
}

bool secrets_check(struct console *console, const struct options *options)
{
    struct secret secret = {.path = NULL};
    struct secret other = {.path = NULL};
    for (int i = 0; i < options->secrets; i++) {
        if (!read_secret(&secret, console, options->secret[i]))
            return false;
        for (int j = 0; j < i; j++)
            if (read_secret(&other, console, options->secret[j]) &&
                sevl_guid_equal(&secret.guid, other.guid.bytes))
                return console_fail(console, CODE_USAGE, "--inject-secret: '", options->secret[i],
                                    "' names a GUID that another secret has");
    }
    return true;
}

static bool fail_size(struct console *console, const struct packet *packet, const char *path)
{
    return console_fail(console, CODE_USAGE, "--inject-secret: '", path,
                        "' is too long: all secrets together take at most ",
                        decimal(packet->capacity).text, " bytes here");
}

static bool add_secret(struct packet *packet, struct console *console, const char *text)
{
    struct secret secret = {.path = NULL};
    size_t size = 0;
    if (!read_secret(&secret, console, text) ||
        !input_all(packet->file, packet->capacity, &size, console, "--inject-secret", secret.path))
        return false;
    if (size == 0)
        return console_fail(console, CODE_USAGE, "--inject-secret: expected a secret, but '",
                            secret.path, "' has 0 bytes");
    enum sevl_result result =
        sevl_secret_add(&packet->table, packet->bytes, &secret.guid, packet->file, size);
    sevl_wipe(packet->file, packet->capacity);
    return result == SEVL_OK || fail_size(console, packet, secret.path);
}

static bool add_secrets(struct packet *packet, struct console *console,
                        const struct options *options)
{
    if (sevl_secret_begin(&packet->table, packet->bytes, packet->capacity) != SEVL_OK)
        return fail_size(console, packet, options->secret[0]);
    for (int i = 0; i < options->secrets; i++)
        if (!add_secret(packet, console, options->secret[i]))
            return false;
    return true;
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

static bool seal_packet(struct packet *packet, struct console *console,
                        const struct injection *injection)
{
    uint8_t iv[SEVL_SECRET_IV_SIZE] = {0};
    if (!make_iv(iv))
        return console_fail(console, CODE_FAILED,
                            "--inject-secret: this machine has no random source for the IV");
    const struct sevl_secret_seal seal = {.verdict = injection->verdict,
                                          .padding = injection->request->padding,
                                          .tek = injection->keys->tek,
                                          .tik = injection->keys->tik,
                                          .measure = injection->measure,
                                          .iv = iv};
    if (sevl_secret_seal(&packet->table, packet->bytes, &seal, packet->header, &packet->size) !=
        SEVL_OK)
        return console_fail(console, CODE_FAILED, "the encryption of the secrets failed");
    return true;
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

/* Begins one of the two files, and writes all of it; begins nothing when that fails. */
static bool begin_file(struct port_sink *sink, const char *path, const uint8_t *bytes, size_t size)
{
    if (!port_create(sink, path))
        return false;
    if (write_base64(sink, bytes, size))
        return true;
    port_abandon(sink);
    return false;
}

enum { HEADER, PAYLOAD, FILES };

static bool write_packet(const struct packet *packet, const struct request *request,
                         struct port_sink sinks[FILES])
{
    if (!begin_file(&sinks[HEADER], request->secret_header, packet->header, sizeof packet->header))
        return false;
    if (begin_file(&sinks[PAYLOAD], request->secret_payload, packet->bytes, packet->size))
        return port_commit(sinks, FILES);
    port_abandon(&sinks[HEADER]);
    return false;
}

static bool write_files(const struct packet *packet, struct console *console,
                        const struct request *request)
{
    struct port_sink sinks[FILES];
    if (write_packet(packet, request, sinks))
        return true;
    const char *reason = port_sink_reason(&sinks[HEADER]);
    if (reason != NULL)
        return console_fail(console, CODE_FAILED, "cannot write '", request->secret_header,
                            "': ", reason);
    return console_fail(console, CODE_FAILED, "cannot write '", request->secret_payload,
                        "': ", port_sink_reason(&sinks[PAYLOAD]));
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

bool secrets_inject(struct console *console, const struct options *options,
                    const struct injection *injection)
{
    const struct buffer *buffer = &injection->reference->buffer;
    struct packet packet = divide_buffer(injection->reference);
    bool done = add_secrets(&packet, console, options) &&
                seal_packet(&packet, console, injection) &&
                write_files(&packet, console, injection->request);
    sevl_wipe(buffer->memory, buffer->size);
    return done;
}
