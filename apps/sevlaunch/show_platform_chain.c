/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include <sevlaunch/sev/chain.h>

#include "guest/phrase.h"
#include "kds.h"
#include "numbers.h"
#include "platform_json.h"
#include "platform_piece.h"
#include "show_host_text.h"

/* Fields of a certificate: see AMD 55766, appendices B and C. */
#define ALGORITHM 12
#define SLOT_1 SEVL_SEV_CERTIFICATE_BODY_SIZE
#define SLOT_SIZE 520
#define SLOT_ALGORITHM 4

/* A certificate of the file. */
struct part {
    const struct cli_console *console;
    struct show_output *output;
    struct platform_piece piece;
    const uint8_t *bytes;
    bool is_last;
};

static const char *algorithm_name(uint32_t algorithm)
{
    switch (algorithm) {
    case 0:
        return "none";
    case 1:
        return "RSA with SHA-256";
    case 2:
        return "ECDSA with SHA-256";
    case 3:
        return "ECDH with SHA-256";
    case 0x101:
        return "RSA with SHA-384";
    case 0x102:
        return "ECDSA with SHA-384";
    case 0x103:
        return "ECDH with SHA-384";
    default:
        return "an algorithm that is not known here";
    }
}

static const char *signer_name(uint32_t usage)
{
    switch (usage) {
    case 0:
        return "ARK";
    case 0x13:
        return "ASK";
    case 0x1000:
        return NULL;
    case 0x1001:
        return "OCA";
    case 0x1002:
        return "PEK";
    case 0x1003:
        return "PDH";
    case 0x1004:
        return "CEK";
    default:
        return "a key of a usage that is not known here";
    }
}

static const char *const uses[PLATFORM_KINDS] = {
    [SEVL_SEV_ARK] = "AMD's root: signs itself and the ASK",
    [SEVL_SEV_ASK] = "signs the CEKs of a product",
    [SEVL_SEV_CEK] = "a chip's key: signs the PEK",
    [SEVL_SEV_OCA] = "the platform owner's key: signs itself and the PEK",
    [SEVL_SEV_PEK] = "the platform's key: signs the PDH and reports",
    [SEVL_SEV_PDH] = "the platform's key to make sessions with",
};

static enum cli_code fail_hash(const struct part *part)
{
    return cli_error(part->console, CLI_FAILED, "SHA-384 failed");
}

static void show_fingerprint(const struct part *part,
                             const struct sevl_sev_fingerprint *fingerprint)
{
    show_bytes(part->output, "fingerprint", fingerprint->sha384, sizeof fingerprint->sha384);
}

static void show_pin(const struct part *part, const struct sevl_sev_fingerprint *fingerprint)
{
    enum sevl_sev_product product = sevl_sev_pinned_product(fingerprint, part->piece.kind);
    bool is_pinned = product != SEVL_SEV_PRODUCT_OWN;
    show_word(part->output, "pinned-product", is_pinned ? platform_product_name(product) : NULL);
    if (!is_pinned)
        show_note(part->output, "the fingerprint is none of AMD's that sev-chain knows");
}

static enum cli_code show_authority(const struct part *part,
                                    const struct sevl_sev_ca_certificate *certificate)
{
    struct sevl_sev_fingerprint fingerprint;
    if (sevl_sev_ca_fingerprint(&fingerprint, certificate) != SEVL_OK)
        return fail_hash(part);
    show_part_begin(part->output, platform_kind_name(part->piece.kind));
    show_word(part->output, "use", uses[part->piece.kind]);
    show_decimal(part->output, "key-bits", 8 * certificate->key_size);
    show_bytes(part->output, "id", certificate->id, SEVL_SEV_CA_ID_SIZE);
    show_bytes(part->output, "issuer-id", certificate->issuer_id, SEVL_SEV_CA_ID_SIZE);
    show_flag(part->output, "signature", certificate->signature != NULL);
    show_fingerprint(part, &fingerprint);
    show_pin(part, &fingerprint);
    show_part_end(part->output, part->is_last);
    return CLI_GO_ON;
}

static void show_slot(const struct part *part, const char *name, const uint8_t *slot)
{
    uint32_t usage = number_get32(slot);
    uint32_t algorithm = number_get32(slot + SLOT_ALGORITHM);
    const char *signer = signer_name(usage);
    struct phrase by = {.length = 0};
    phrase_add(&by, signer == NULL ? "none" : signer);
    phrase_add(&by, ", ");
    phrase_add(&by, algorithm_name(algorithm));
    show_word(part->output, name, signer == NULL && algorithm == 0 ? NULL : by.text);
}

static enum cli_code show_key(const struct part *part,
                              const struct sevl_sev_certificate *certificate)
{
    struct sevl_sev_fingerprint fingerprint;
    bool is_unsigned = sevl_sev_certificate_is_unsigned(certificate);
    bool is_godh = is_unsigned && certificate->kind == SEVL_SEV_PDH;
    if (sevl_sev_fingerprint(&fingerprint, certificate) != SEVL_OK)
        return fail_hash(part);
    show_part_begin(part->output, is_godh ? "GODH" : platform_kind_name(certificate->kind));
    show_word(part->output, "use",
              is_godh ? "the owner's key of a launch session" : uses[certificate->kind]);
    show_word(part->output, "algorithm", algorithm_name(number_get32(part->bytes + ALGORITHM)));
    show_word(part->output, "api", platform_api_text(certificate).text);
    show_slot(part, "signature-1", part->bytes + SLOT_1);
    show_slot(part, "signature-2", part->bytes + SLOT_1 + SLOT_SIZE);
    show_fingerprint(part, &fingerprint);
    if (is_unsigned && certificate->kind == SEVL_SEV_CEK)
        show_note(part->output, "this is the platform's copy: AMD has the one that it signed");
    show_part_end(part->output, part->is_last);
    return CLI_GO_ON;
}

/* Without `is_shown`, it is looked whether the certificate is in its form: CLI_USAGE if not. */
static enum cli_code take_part(const struct part *part, bool is_shown)
{
    struct sevl_sev_ca_certificate authority;
    struct sevl_sev_certificate certificate;
    bool is_authority = platform_is_authority(part->piece.kind);
    size_t size = part->piece.size;
    enum sevl_result result = is_authority
                                  ? sevl_sev_ca_certificate_read(&authority, part->bytes, size)
                                  : sevl_sev_certificate_read(&certificate, part->bytes, size);
    if (result != SEVL_OK)
        return CLI_USAGE;
    if (!is_shown)
        return CLI_GO_ON;
    return is_authority ? show_authority(part, &authority) : show_key(part, &certificate);
}

/* All certificates of a file, one after another. */
struct parts {
    const struct cli_console *console;
    struct show_output *output;
    const uint8_t *bytes;
    size_t size;
};

static enum cli_code fail_cut(const struct parts *parts, const char *path,
                              const struct platform_piece *piece, size_t size)
{
    return cli_error(parts->console, CLI_USAGE, "'", path, "' is cut short: of the ",
                     platform_kind_name(piece->kind), ", of ", text_decimal(piece->size).text,
                     " bytes, it has ", text_decimal(size).text);
}

/* CLI_SUCCESS: all are whole; CLI_GO_ON: something is no certificate. */
static enum cli_code check_parts(const struct parts *parts, const char *path)
{
    size_t at = 0;
    do {
        size_t rest = parts->size - at;
        const struct platform_piece piece = platform_piece_at(parts->bytes + at, rest);
        if (!piece.is_certificate)
            return CLI_GO_ON;
        if (piece.size > rest)
            return fail_cut(parts, path, &piece, rest);
        at += piece.size;
    } while (at < parts->size);
    return CLI_SUCCESS;
}

static void show_chip(struct show_output *output, const struct show_host_text *text)
{
    if (!text->has_chip_id)
        return;
    show_bytes(output, "cpu0-id", text->chip_id, sizeof text->chip_id);
    show_word(output, "cek-address", kds_cek(text->chip_id).text);
}

static enum cli_code take_parts(const struct parts *parts, bool is_shown)
{
    enum cli_code code = CLI_GO_ON;
    for (size_t at = 0; at < parts->size && code == CLI_GO_ON;) {
        struct part part = {parts->console, parts->output,
                            platform_piece_at(parts->bytes + at, parts->size - at),
                            parts->bytes + at, false};
        at += part.piece.size;
        part.is_last = at == parts->size;
        code = take_part(&part, is_shown);
    }
    return code;
}

enum cli_code show_platform_chain(struct show_file *file, const struct cli_console *console,
                                  struct show_output *output)
{
    struct show_host_text text;
    const struct parts parts = {console, output, file->work, show_host_text_read(&text, file)};
    enum cli_code code = check_parts(&parts, file->path);
    if (code != CLI_SUCCESS)
        return code;
    if (take_parts(&parts, false) != CLI_GO_ON)
        return cli_error(console, CLI_USAGE, "'", file->path,
                         "' has the size and the usages of certificates of a platform with SEV or "
                         "SEV-ES, but one is not in its form");
    show_begin(output, "platform-certificates");
    show_file_members(file, output);
    show_encoding(file, output, parts.size);
    show_chip(output, &text);
    show_note(output, "no signature is verified here: see sev-chain");
    show_list_begin(output, "parts");
    code = take_parts(&parts, true);
    show_list_end(output);
    return code == CLI_GO_ON ? CLI_SUCCESS : code;
}
