/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "collateral.h"

#include <string.h>

#include "certificate_table.h"
#include "cli/text.h"
#include "pem.h"

#define LABEL_MAX 32

/* Longer than any certificate or list of AMD's: these have up to 1700 bytes. */
#define DER_MAX 4096

/* Which of them are taken. */
enum wanted { ANY, LISTS, LEAVES };

/* Bytes whose certificates are taken. */
struct source {
    struct collateral *collateral;
    struct store *store;
    enum wanted wanted;
    size_t max; /* of items */
};

/* A step returns NULL, or what the bytes are or hold that is wrong. */

static bool has_item(const struct collateral *collateral, const uint8_t *der, size_t size)
{
    for (size_t i = 0; i < collateral->count; i++) {
        const struct sevl_bytes *item = &collateral->items[i].der;
        size_t k = 0;
        while (k < size && item->size == size && item->bytes[k] == der[k])
            k++;
        if (k == size)
            return true;
    }
    return false;
}

static const char *keep_item(const struct source *source, struct collateral_item item,
                             const uint8_t *der, size_t size)
{
    struct collateral *collateral = source->collateral;
    if (has_item(collateral, der, size))
        return NULL;
    item.der = (struct sevl_bytes){store_keep(source->store, der, size), size};
    if (item.der.bytes == NULL || collateral->count == source->max)
        return "holds more certificates than there is room for: name those alone that the report "
               "needs";
    collateral->items[collateral->count++] = item;
    return NULL;
}

static bool is_leaf_kind(const struct sevl_snp_certificate *certificate)
{
    return certificate->kind == SEVL_SNP_VCEK || certificate->kind == SEVL_SNP_VLEK;
}

static const char *add_list(const struct source *source, const struct sevl_snp_crl *crl,
                            const uint8_t *der, size_t size)
{
    const struct collateral_item item = {.is_crl = true,
                                         .is_asked_for = source->wanted == LISTS,
                                         .product = crl->product};
    if (source->wanted == LEAVES)
        return "holds a revocation list, which --crl alone takes";
    return keep_item(source, item, der, size);
}

static const char *add_der(const struct source *source, const uint8_t *der, size_t size)
{
    struct sevl_snp_certificate certificate;
    struct sevl_snp_crl crl;
    if (sevl_snp_crl_read(&crl, der, size) == SEVL_OK)
        return add_list(source, &crl, der, size);
    if (source->wanted == LISTS)
        return "holds something that is no revocation list of AMD's for Milan, Genoa or Turin";
    if (sevl_snp_certificate_read(&certificate, der, size) != SEVL_OK)
        return "holds a certificate that is none of AMD's (ARK, ASK, ASVK, VCEK or VLEK) for "
               "Milan, Genoa or Turin, or not in the form of one";
    if (source->wanted == LEAVES && !is_leaf_kind(&certificate))
        return NULL;
    const struct collateral_item item = {.kind = certificate.kind, .product = certificate.product};
    return keep_item(source, item, der, size);
}

/* Blocks of other kinds are skipped, as keys that stand beside a certificate. */
static const char *add_block(const struct source *source, const char *label, const uint8_t *der,
                             size_t size)
{
    if (!text_equal(label, "CERTIFICATE") && !text_equal(label, "X509 CRL"))
        return NULL;
    return add_der(source, der, size);
}

static const char *add_pem(const struct source *source, const uint8_t *text, size_t size)
{
    struct pem pem = {(const char *)text, size};
    char label[LABEL_MAX];
    uint8_t der[DER_MAX];
    size_t der_size;
    const char *problem = NULL;
    while (problem == NULL) {
        enum pem_result result = pem_take(&pem, label, sizeof label, der, sizeof der, &der_size);
        if (result == PEM_END)
            return NULL;
        if (result == PEM_MALFORMED)
            return "is malformed PEM";
        problem = add_block(source, label, der, der_size);
    }
    return problem;
}

/* Entries of other kinds are skipped: hosts put their own there. */
static const char *add_entries(const struct source *source, const uint8_t *table, size_t count)
{
    const char *problem = NULL;
    for (size_t i = 0; i < count && problem == NULL; i++) {
        struct certificate_table_entry entry;
        certificate_table_read(&entry, table, i);
        if (entry.is_der)
            problem = add_der(source, entry.data.bytes, entry.data.size);
    }
    return problem;
}

#define DER_SEQUENCE 0x30

static const char *add_bytes(const struct source *source, const uint8_t *bytes, size_t size)
{
    size_t count;
    if (certificate_table_count(bytes, size, &count))
        return add_entries(source, bytes, count);
    if (pem_is_in(bytes, size))
        return add_pem(source, bytes, size);
    if (size > 0 && bytes[0] == DER_SEQUENCE)
        return add_der(source, bytes, size);
    return "is neither DER nor PEM nor a table of certificates";
}

/*
 * The names that files of certificates have in a folder: snpguest's, and of AMD's bundle. No list
 * is among them: one that cannot be opened would be passed over as one that is not there.
 */
static const char *const names_in_folder[] = {
    "ark.pem", "ask.pem",  "asvk.pem", "vcek.pem", "vlek.pem",       "ark.der",
    "ask.der", "asvk.der", "vcek.der", "vlek.der", "cert_chain.pem",
};
#define NAMES_IN_FOLDER (sizeof names_in_folder / sizeof *names_in_folder)
#define FOLDER_PATH_MAX 1024

static bool is_folder(const char *path)
{
    size_t length = text_length(path);
    return length > 0 && path[length - 1] == '/';
}

/* Writes the name of a file in a folder. Returns false if there is no room. */
static bool name_in_folder(char path[FOLDER_PATH_MAX], const char *folder, const char *name)
{
    size_t length = text_length(folder);
    size_t name_size = text_length(name) + 1;
    if (length + name_size > FOLDER_PATH_MAX)
        return false;
    memcpy(path, folder, length);
    memcpy(path + length, name, name_size);
    return true;
}

static bool is_there(const char *path)
{
    struct port_source source;
    if (!port_open(&source, path))
        return false;
    port_close(&source);
    return true;
}

/* Where the bytes come from, as error lines name it. */
struct origin {
    const struct cli_console *console;
    const char *option;
    const char *path;
};

static enum cli_code take_bytes(const struct source *source, const struct origin *origin,
                                const uint8_t *bytes, size_t size)
{
    const char *problem = add_bytes(source, bytes, size);
    if (problem == NULL)
        return CLI_GO_ON;
    return cli_error(origin->console, CLI_USAGE, origin->option, ": '", origin->path, "' ",
                     problem);
}

static enum cli_code add_file(const struct source *source, const struct origin *origin)
{
    size_t size;
    struct store *store = source->store;
    enum cli_code code = store_read(store, origin->console, origin->option, origin->path, &size);
    return code == CLI_GO_ON ? take_bytes(source, origin, store->buffer.memory, size) : code;
}

/* What a folder holds under these names. */
static enum cli_code add_folder(const struct source *source, const struct origin *folder)
{
    char path[FOLDER_PATH_MAX];
    const struct origin origin = {folder->console, folder->option, path};
    enum cli_code code = CLI_GO_ON;
    bool found = false;
    for (size_t i = 0; i < NAMES_IN_FOLDER && code == CLI_GO_ON; i++) {
        if (!name_in_folder(path, folder->path, names_in_folder[i]) || !is_there(path))
            continue;
        found = true;
        code = add_file(source, &origin);
    }
    if (found)
        return code;
    return cli_error(folder->console, CLI_USAGE, folder->option, ": the folder '", folder->path,
                     "' holds none of ark, ask, asvk, vcek and vlek, with .pem or .der, nor "
                     "cert_chain.pem");
}

static struct source source_of_all(struct collateral *collateral, struct store *store, bool is_crl)
{
    return (struct source){collateral, store, is_crl ? LISTS : ANY, COLLATERAL_MAX};
}

enum cli_code collateral_take(struct collateral *collateral, struct store *store,
                              const struct cli_console *console, const char *option,
                              const char *path, bool is_crl, const uint8_t *bytes, size_t size)
{
    const struct source source = source_of_all(collateral, store, is_crl);
    const struct origin origin = {console, option, path};
    return take_bytes(&source, &origin, bytes, size);
}

enum cli_code collateral_add(struct collateral *collateral, struct store *store,
                             const struct cli_console *console, const char *option,
                             const char *path, bool is_crl)
{
    const struct source source = source_of_all(collateral, store, is_crl);
    const struct origin origin = {console, option, path};
    return is_folder(path) ? add_folder(&source, &origin) : add_file(&source, &origin);
}

const char *collateral_add_leaves(struct collateral *collateral, struct store *store,
                                  const uint8_t *bytes, size_t size, size_t max)
{
    const struct source source = {collateral, store, LEAVES, max};
    return add_bytes(&source, bytes, size);
}
