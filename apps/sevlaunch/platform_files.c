/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "platform_files.h"

#include <string.h>

#include "cli/text.h"
#include "decode.h"
#include "platform_looks.h"
#include "platform_text.h"

/* A CEK of AMD's service has another API version than the platform's copy, in these bytes. */
#define CEK_BODY 8

/* A file that is read. */
struct reader {
    struct platform_files *files;
    const struct cli_console *console;
    const char *option;
    const char *path;
    enum cli_code code; /* after a field of a text */
};

#define fail(reader, ...)                                                                  \
    cli_error((reader)->console, CLI_USAGE, (reader)->option, ": '", (reader)->path, "' ", \
              __VA_ARGS__)

static bool are_equal(const uint8_t *a, const uint8_t *b, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (a[i] != b[i])
            return false;
    return true;
}

/* A certificate that was read, in its file. */
struct found {
    enum sevl_sev_certificate_kind kind;
    const uint8_t *bytes;
    size_t size;
};

static enum sevl_result read_view(struct platform_files *files, enum sevl_sev_certificate_kind kind)
{
    const uint8_t *bytes = files->bytes[kind];
    if (platform_is_authority(kind))
        return sevl_sev_ca_certificate_read(&files->authority[kind], bytes, files->size[kind]);
    return sevl_sev_certificate_read(&files->certificate[kind], bytes, files->size[kind]);
}

static enum cli_code fail_form(const struct reader *reader, enum sevl_sev_certificate_kind kind)
{
    return fail(reader, "holds a certificate of usage ", platform_kind_name(kind),
                " that is not in the form of one: ",
                platform_is_authority(kind)
                    ? "RSA of 2048 or 4096 bits with the exponent 65537"
                    : "a key on P-384, for ECDSA, or ECDH of a PDH, with SHA-256",
                ", and zeros where nothing has to be");
}

static enum cli_code keep(struct reader *reader, const struct found *found)
{
    struct platform_files *files = reader->files;
    memcpy(files->bytes[found->kind], found->bytes, found->size);
    files->size[found->kind] = found->size;
    files->path[found->kind] = reader->path;
    return read_view(files, found->kind) == SEVL_OK ? CLI_GO_ON : fail_form(reader, found->kind);
}

static enum cli_code fail_other(const struct reader *reader, enum sevl_sev_certificate_kind kind)
{
    return fail(reader, "and '", reader->files->path[kind], "' hold different ",
                platform_kind_name(kind), "s: name the certificates of one platform alone");
}

static bool is_unsigned(const uint8_t *bytes)
{
    struct sevl_sev_certificate certificate;
    return sevl_sev_certificate_read(&certificate, bytes, SEVL_SEV_CERTIFICATE_SIZE) == SEVL_OK &&
           sevl_sev_certificate_is_unsigned(&certificate);
}

/* One of two CEKs that AMD signed, and one not: they have to be of one key. */
static enum cli_code choose_cek(struct reader *reader, const struct found *found)
{
    const uint8_t *kept = reader->files->bytes[SEVL_SEV_CEK];
    if (is_unsigned(kept) == is_unsigned(found->bytes))
        return fail_other(reader, found->kind);
    if (!are_equal(kept + CEK_BODY, found->bytes + CEK_BODY,
                   SEVL_SEV_CERTIFICATE_BODY_SIZE - CEK_BODY))
        return fail_other(reader, found->kind);
    return is_unsigned(kept) ? keep(reader, found) : CLI_GO_ON;
}

/* One of two Naples ARKs, of which one ends before its signature. */
static enum cli_code choose_ark(struct reader *reader, const struct found *found)
{
    const struct platform_files *files = reader->files;
    if (!are_equal(files->bytes[SEVL_SEV_ARK], found->bytes, SEVL_SEV_CA_SIZE_UNSIGNED))
        return fail_other(reader, found->kind);
    return files->size[SEVL_SEV_ARK] < found->size ? keep(reader, found) : CLI_GO_ON;
}

static enum cli_code take_another(struct reader *reader, const struct found *found)
{
    const struct platform_files *files = reader->files;
    size_t size = files->size[found->kind];
    if (size == found->size && are_equal(files->bytes[found->kind], found->bytes, size))
        return CLI_GO_ON;
    if (found->kind == SEVL_SEV_CEK)
        return choose_cek(reader, found);
    if (size + found->size == SEVL_SEV_CA_SIZE_UNSIGNED + SEVL_SEV_CA_SIZE_2048)
        return choose_ark(reader, found);
    return fail_other(reader, found->kind);
}

static enum cli_code take_certificate(struct reader *reader, const struct found *found)
{
    if (found->kind == SEVL_SEV_PDH && is_unsigned(found->bytes))
        return fail(reader, "holds a PDH that nobody signed, as the owner's part of a session "
                            "(GODH) is: expected the platform's");
    if (reader->files->path[found->kind] == NULL)
        return keep(reader, found);
    return take_another(reader, found);
}

static enum cli_code fail_rest(const struct reader *reader, const uint8_t *bytes, size_t size,
                               size_t at)
{
    if (at == 0)
        return fail(reader, "is ", platform_looks_like(bytes, size),
                    ": expected certificates of a platform with SEV or SEV-ES");
    return fail(reader, "holds something else after ", text_decimal(at).text,
                " bytes of certificates");
}

/* Takes certificates up to the end of what was decoded. */
static enum cli_code take_all(struct reader *reader, const uint8_t *bytes, size_t size)
{
    enum cli_code code = CLI_GO_ON;
    size_t at = 0;
    do {
        const struct platform_piece piece = platform_piece_at(bytes + at, size - at);
        const struct found found = {piece.kind, bytes + at, piece.size};
        if (!piece.is_certificate)
            return fail_rest(reader, bytes, size, at);
        if (piece.size > size - at)
            return fail(reader, "is cut short: of the ", platform_kind_name(piece.kind), ", of ",
                        text_decimal(piece.size).text, " bytes, it has ",
                        text_decimal(size - at).text);
        code = take_certificate(reader, &found);
        at += piece.size;
    } while (code == CLI_GO_ON && at < size);
    return code;
}

static enum cli_code take_chip_id(struct reader *reader, const uint8_t *id, size_t size)
{
    struct platform_files *files = reader->files;
    if (size != SEVL_SEV_CHIP_ID_SIZE)
        return fail(reader, "has a 'cpu0-id' that is not of 64 bytes");
    if (files->chip_id_source != NULL && !are_equal(files->chip_id, id, size))
        return fail(reader, "and '", files->chip_id_source, "' have different values of 'cpu0-id'");
    memcpy(files->chip_id, id, size);
    files->chip_id_source = reader->path;
    return CLI_GO_ON;
}

/* Members of the answer to query-sev-capabilities, and the names of 'virsh nodesevinfo'. */
static const char *const field_names[] = {"cpu0-id", "pdh", "cert-chain", NULL};
#define CHIP_ID_FIELD 0

static bool take_field(void *context, size_t field, uint8_t *value, size_t size)
{
    struct reader *reader = context;
    if (field == CHIP_ID_FIELD)
        reader->code = take_chip_id(reader, value, size);
    else if (size == 0)
        reader->code = fail(reader, "has a '", field_names[field], "' that is no base64 text");
    else
        reader->code = take_all(reader, value, size);
    return reader->code == CLI_GO_ON;
}

static enum cli_code take_file(struct reader *reader, const struct store *store, size_t size)
{
    uint8_t *bytes = store->buffer.memory;
    const struct cli_buffer memory = {store->kept, store->capacity};
    switch (platform_text_read(bytes, size, memory, field_names, take_field, reader)) {
    case PLATFORM_TEXT_OTHER:
        return take_all(reader, bytes, decode_text(bytes, size));
    case PLATFORM_TEXT_NOTHING:
        return fail(reader, "is no JSON with the members 'pdh' and 'cert-chain', as "
                            "query-sev-capabilities answers");
    default:
        return reader->code;
    }
}

enum cli_code platform_files_read(struct platform_files *files, struct store *store,
                                  const struct cli_console *console,
                                  const struct cli_arguments *arguments, size_t option)
{
    struct reader reader = {files, console, cli_name(arguments, option), NULL, CLI_GO_ON};
    enum cli_code code = CLI_GO_ON;
    for (size_t i = 0; i < cli_count(arguments, option) && code == CLI_GO_ON; i++) {
        size_t size;
        reader.path = cli_path(arguments, option, i);
        code = store_read(store, console, reader.option, reader.path, &size);
        if (code == CLI_GO_ON)
            code = take_file(&reader, store, size);
    }
    return code;
}

bool platform_files_has(const struct platform_files *files, enum sevl_sev_certificate_kind kind)
{
    if (files->path[kind] == NULL)
        return false;
    return kind != SEVL_SEV_CEK ||
           !sevl_sev_certificate_is_unsigned(&files->certificate[SEVL_SEV_CEK]);
}
