/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include <sevlaunch/snp/chain.h>

#include "certificate_table.h"
#include "cli/text.h"
#include "collateral.h"
#include "guest/phrase.h"
#include "moment.h"
#include "pem.h"
#include "show_file.h"
#include "show_tcb.h"
#include "verify_checks.h"

/* DER of more than 255 bytes, as all of these are. */
static bool is_der(const struct show_file *file)
{
    const uint8_t *bytes = show_file_bytes(file);
    return file->kept > 4 && bytes[0] == 0x30 && bytes[1] == 0x82;
}

/* Text, so that no binary file is one because somebody had such a line put into it. */
static bool is_pem(const struct show_file *file)
{
    for (size_t i = 0; i < file->kept; i++)
        if (file->start[i] == '\0')
            return false;
    return pem_is_in(file->start, file->kept);
}

/* A table has an entry that is known: other files begin with zeros. Else its count is 0. */
static size_t count_known_table(const struct show_file *file)
{
    const uint8_t *table = show_file_bytes(file);
    struct certificate_table_entry entry;
    size_t count;
    if (!certificate_table_count(table, file->kept, &count))
        return 0;
    for (size_t i = 0; i < count; i++) {
        certificate_table_read(&entry, table, i);
        if (entry.name != NULL)
            return count;
    }
    return 0;
}

static void show_table_entries(struct show_output *output, const uint8_t *table, size_t count)
{
    struct certificate_table_entry entry;
    show_list_begin(output, "entries");
    for (size_t i = 0; i < count; i++) {
        certificate_table_read(&entry, table, i);
        const char *name = entry.name == NULL ? "not known here" : entry.name;
        const struct decimal size = text_decimal(entry.data.size);
        show_item_of_json(output, i + 1 == count, "{\"guid\": \"", entry.guid,
                          "\", \"offset\": ", text_decimal(entry.offset).text,
                          ", \"size\": ", size.text, ", \"name\": \"", name, "\"}");
        show_item_of_text(output, "entry: ", entry.guid, ", ", size.text, " bytes, ", name);
    }
    show_list_end(output);
}

/* What a certificate is for, and the name of its issuer before that of the product. */
static const struct kind {
    const char *use;
    const char *issuer;
} certificate_kinds[] = {
    [SEVL_SNP_ARK] = {"AMD's root: signs itself, ASK, ASVK and CRL", "ARK-"},
    [SEVL_SNP_ASK] = {"signs the VCEKs of a product", "ARK-"},
    [SEVL_SNP_ASVK] = {"signs the VLEKs of a product", "ARK-"},
    [SEVL_SNP_VCEK] = {"signs the reports of one chip at one TCB", "SEV-"},
    [SEVL_SNP_VLEK] = {"signs the reports of one cloud provider at one TCB", "SEV-VLEK-"},
};

static void show_issuer(struct show_output *output, const char *start,
                        enum sevl_snp_product product)
{
    struct phrase name = {.length = 0};
    show_word(output, "product", verify_product_name(product));
    phrase_add(&name, start);
    phrase_add(&name, verify_product_name(product));
    show_word(output, "issuer", name.text);
}

static void show_leaf(struct show_output *output, const struct sevl_snp_certificate *certificate)
{
    show_tcb(output, "tcb", &certificate->tcb, certificate->product);
    if (certificate->kind == SEVL_SNP_VCEK)
        show_bytes(output, "chip-id", certificate->hardware.bytes, certificate->hardware.size);
    else
        show_text(output, "csp-id", certificate->provider.bytes, certificate->provider.size);
}

static void show_pin(struct show_output *output, const struct sevl_snp_certificate *certificate,
                     const struct sevl_snp_fingerprint *fingerprint)
{
    bool is_pinned = sevl_snp_is_pinned(fingerprint, certificate->kind, certificate->product);
    show_flag(output, "pinned", is_pinned);
    if (sevl_snp_is_revoked(fingerprint))
        show_note(output, "AMD revoked this key: snp-verify refuses it");
    else if (!is_pinned)
        show_note(output, "the fingerprint is none of AMD's that snp-verify knows");
}

static enum sevl_result show_certificate(struct show_output *output, const struct sevl_bytes *der,
                                         bool is_last)
{
    struct sevl_snp_certificate certificate;
    struct sevl_snp_fingerprint fingerprint;
    enum sevl_result result = sevl_snp_certificate_read(&certificate, der->bytes, der->size);
    if (result == SEVL_OK)
        result = sevl_snp_fingerprint_compute(&fingerprint, &certificate);
    if (result != SEVL_OK)
        return result;
    bool is_leaf = certificate.kind == SEVL_SNP_VCEK || certificate.kind == SEVL_SNP_VLEK;
    show_part_begin(output, verify_kind_name(certificate.kind));
    show_word(output, "use", certificate_kinds[certificate.kind].use);
    show_issuer(output, certificate_kinds[certificate.kind].issuer, certificate.product);
    show_hexadecimal(output, "serial", true, certificate.serial);
    show_time(output, "not-before", certificate.validity.first);
    show_time(output, "not-after", certificate.validity.last);
    if (is_leaf)
        show_leaf(output, &certificate);
    show_bytes(output, "key-fingerprint", fingerprint.sha384, sizeof fingerprint.sha384);
    if (!is_leaf)
        show_pin(output, &certificate, &fingerprint);
    show_part_end(output, is_last);
    return SEVL_OK;
}

static void show_revoked(struct show_output *output, struct sevl_bytes entries)
{
    struct sevl_snp_crl_entry entry;
    if (entries.size == 0)
        show_item_of_text(output, "revoked: none");
    show_list_begin(output, "revoked");
    while (sevl_snp_crl_take(&entries, &entry)) {
        const struct moment_text time = moment_to_text(entry.time);
        show_item_of_json(output, entries.size == 0,
                          "{\"serial\": ", text_decimal(entry.serial).text, ", \"time\": \"",
                          time.text, "\"}");
        show_item_of_text(output, "revoked: ", text_hexadecimal(entry.serial).text, " since ",
                          time.text);
    }
    show_list_end(output);
}

static enum sevl_result show_crl(struct show_output *output, const struct sevl_bytes *der,
                                 bool is_last)
{
    struct sevl_snp_crl crl;
    enum sevl_result result = sevl_snp_crl_read(&crl, der->bytes, der->size);
    if (result != SEVL_OK)
        return result;
    show_part_begin(output, "CRL");
    show_word(output, "use", "names ASKs and ASVKs that AMD revoked");
    show_issuer(output, "ARK-", crl.product);
    show_time(output, "this-update", crl.validity.first);
    show_time(output, "next-update", crl.validity.last);
    show_revoked(output, crl.revoked);
    show_part_end(output, is_last);
    return SEVL_OK;
}

static enum cli_code show_parts(const struct collateral *collateral,
                                const struct cli_console *console, struct show_output *output)
{
    show_list_begin(output, "parts");
    for (size_t i = 0; i < collateral->count; i++) {
        const struct collateral_item *item = &collateral->items[i];
        bool is_last = i + 1 == collateral->count;
        enum sevl_result result =
            (item->is_crl ? show_crl : show_certificate)(output, &item->der, is_last);
        if (result != SEVL_OK)
            return cli_error(console, CLI_FAILED, "SHA-384 failed");
    }
    show_list_end(output);
    return CLI_SUCCESS;
}

enum cli_code show_certificates(struct show_file *file, const struct cli_console *console,
                                struct show_output *output)
{
    struct collateral collateral = {.count = 0};
    struct store store = {.kept = file->work, .capacity = file->capacity};
    if (!show_is_whole(file))
        return CLI_GO_ON;
    size_t count = count_known_table(file);
    if (count == 0 && !is_der(file) && !is_pem(file))
        return CLI_GO_ON;
    enum cli_code code = collateral_take(&collateral, &store, console, "FILE", file->path, false,
                                         show_file_bytes(file), file->kept);
    if (code != CLI_GO_ON)
        return code;
    if (collateral.count == 0 && count == 0)
        return cli_error(console, CLI_USAGE, "'", file->path,
                         "' is PEM of no certificate and no revocation list");
    show_begin(output, count == 0 ? "certificates" : "certificate-table");
    show_file_members(file, output);
    show_note(output, "no signature is verified here: see snp-verify");
    if (count > 0)
        show_table_entries(output, show_file_bytes(file), count);
    return show_parts(&collateral, console, output);
}
