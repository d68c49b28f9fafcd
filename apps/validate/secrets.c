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

static bool read_secret(struct secret *secret, struct console *console, const char *text)
{
    size_t length = name_length(text);
    if (text[length] == '\0' || !read_guid(&secret->guid, text, length) || is_nil(&secret->guid))
        return console_fail(console, CODE_USAGE,
                            "--inject-secret: expected luks-key:PATH or GUID:PATH, got '", text,
                            "'");
    secret->path = text + length + 1;
    return true;
}

/* Skips what leads nowhere: a slash behind another, and a dot between two. */
static const char *skip_nothing(const char *path)
{
    for (;;) {
        if (path[0] == '/' && path[1] == '/')
            path++;
        else if (path[0] == '/' && path[1] == '.' && path[2] == '/')
            path += 2;
        else
            return path;
    }
}

/* Whether two names are of one file as far as their texts tell. */
static bool is_same_file(const char *a, const char *b)
{
    for (;;) {
        a = skip_nothing(a);
        b = skip_nothing(b);
        if (*a != *b)
            return false;
        if (*a == '\0')
            return true;
        a++;
        b++;
    }
}

static bool check_outputs(struct console *console, const struct options *options)
{
    const char *header = options->value[OPTION_SECRET_HEADER];
    const char *payload = options->value[OPTION_SECRET_PAYLOAD];
    return header == NULL || payload == NULL || !is_same_file(header, payload) ||
           console_fail(console, CODE_USAGE,
                        "--secret-header and --secret-payload name the same file");
}

bool secrets_check(struct console *console, const struct options *options)
{
    struct secret secret = {.path = NULL};
    struct secret other = {.path = NULL};
    if (!check_outputs(console, options))
        return false;
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

static bool seal(struct packet *packet, struct console *console, const struct request *request,
                 const struct evidence *evidence, const struct keys *keys, enum sevl_result verdict)
{
    uint8_t iv[SEVL_SECRET_IV_SIZE] = {0};
    if (!make_iv(iv))
        return console_fail(console, CODE_FAILED,
                            "--inject-secret: this machine has no random source for the IV");
    return sevl_secret_seal(&packet->table, packet->bytes, verdict, request->padding, keys->tek,
                            keys->tik, evidence->measured.reported.measure, iv, packet->header,
                            &packet->size) == SEVL_OK ||
           console_fail(console, CODE_FAILED, "the encryption of the secrets failed");
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

static bool fail_write(struct console *console, const char *path, const struct port_sink *sink)
{
    return console_fail(console, CODE_FAILED, "cannot write '", path,
                        "': ", port_sink_reason(sink));
}

/* Both files are complete before the first of them appears. */
static bool write_payload(const struct packet *packet, struct console *console,
                          const struct request *request, struct port_sink *header)
{
    struct port_sink payload;
    if (!port_create(&payload, request->secret_payload)) {
        port_abandon(header);
        return fail_write(console, request->secret_payload, &payload);
    }
    if (!write_base64(&payload, packet->bytes, packet->size)) {
        port_abandon(header);
        port_abandon(&payload);
        return fail_write(console, request->secret_payload, &payload);
    }
    if (!port_commit(header)) {
        port_abandon(&payload);
        return fail_write(console, request->secret_header, header);
    }
    return port_commit(&payload) || fail_write(console, request->secret_payload, &payload);
}

static bool write_files(const struct packet *packet, struct console *console,
                        const struct request *request)
{
    struct port_sink header;
    if (!port_create(&header, request->secret_header))
        return fail_write(console, request->secret_header, &header);
    if (!write_base64(&header, packet->header, sizeof packet->header)) {
        port_abandon(&header);
        return fail_write(console, request->secret_header, &header);
    }
    return write_payload(packet, console, request, &header);
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Table and file share the memory; the firmware's area limits the table. */
static struct packet divide(const struct evidence *evidence)
{
    size_t half = evidence->buffer.size / 2;
    struct packet packet = {.bytes = evidence->buffer.memory,
                            .file = (uint8_t *)evidence->buffer.memory + half,
                            .capacity = least(half, SEVL_SECRET_MOST)};
    if (evidence->footer.secret.size != 0)
        packet.capacity = least(packet.capacity, evidence->footer.secret.size);
    return packet;
}

bool secrets_inject(struct console *console, const struct options *options,
                    const struct request *request, const struct evidence *evidence,
                    const struct keys *keys, enum sevl_result verdict)
{
    struct packet packet = divide(evidence);
    if (evidence->measured.has_firmware && evidence->footer.secret.size == 0)
        console_warn(console, "'", request->firmware,
                     "' keeps no area for secrets: the guest will not find them");
    bool done = add_secrets(&packet, console, options) &&
                seal(&packet, console, request, evidence, keys, verdict) &&
                write_files(&packet, console, request);
    sevl_wipe(evidence->buffer.memory, evidence->buffer.size);
    return done;
}
