/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "id_block.h"

#include <sevlaunch/base64.h>
#include <sevlaunch/snp/id_block.h>
#include <string.h>

#include "cli/check.h"
#include "cli/help.h"
#include "cli/output.h"
#include "cli/parse.h"
#include "cli/text.h"
#include "cli/values.h"
#include "id_block_json.h"
#include "id_block_options.h"
#include "pem.h"

/* A key in PEM, with what people keep above it; a signature in DER. */
#define FILE_MAX 4096
#define LABEL_MAX 32

/* QEMU's, which lets the guest run on both threads of a core. */
#define POLICY_DEFAULT 0x30000

/* Bit 17, which every policy of SEV-SNP has set (AMD 56860, table "Guest Policy"). */
#define POLICY_RESERVED_1 0x20000

/* One run of the subcommand. */
struct run {
    struct cli_console console;
    struct cli_arguments arguments;
    struct sevl_snp_id_block block;
    struct sevl_snp_id_signer id;
    struct sevl_snp_id_signer author;
    uint8_t block_bytes[SEVL_SNP_ID_BLOCK_SIZE];
    uint8_t key_bytes[SEVL_SNP_ID_KEY_SIZE];
    uint8_t id_digest[SEVL_SHA384_SIZE];
    uint8_t author_digest[SEVL_SHA384_SIZE];
    struct sevl_snp_id_memory memory;
};

static bool has(const struct run *run, size_t option)
{
    return cli_has(&run->arguments, option);
}

static enum cli_code read_ids(struct run *run)
{
    struct sevl_snp_id_block *block = &run->block;
    const struct cli_arguments *arguments = &run->arguments;
    enum cli_code code = cli_read_bytes(arguments, &run->console, ID_OPTION_MEASUREMENT,
                                        block->launch_digest, sizeof block->launch_digest);
    if (code == CLI_GO_ON)
        code = cli_read_bytes(arguments, &run->console, ID_OPTION_FAMILY_ID, block->family_id,
                              sizeof block->family_id);
    if (code == CLI_GO_ON)
        code = cli_read_bytes(arguments, &run->console, ID_OPTION_IMAGE_ID, block->image_id,
                              sizeof block->image_id);
    return code;
}

static enum cli_code read_numbers(struct run *run)
{
    struct sevl_snp_id_block *block = &run->block;
    block->policy = POLICY_DEFAULT;
    enum cli_code code =
        cli_read_number64(&run->arguments, &run->console, ID_OPTION_POLICY, &block->policy);
    if (code == CLI_GO_ON)
        code = cli_read_number(&run->arguments, &run->console, ID_OPTION_GUEST_SVN, 0, UINT32_MAX,
                               &block->guest_svn);
    if (code == CLI_GO_ON && (block->policy & POLICY_RESERVED_1) == 0)
        return cli_error(&run->console, CLI_USAGE,
                         "--policy: expected one with bit 17 set, as each "
                         "of SEV-SNP has, got '",
                         run->arguments.value[ID_OPTION_POLICY], "'");
    return code;
}

static enum cli_code check_purpose(struct run *run)
{
    enum cli_code code = cli_require(&run->arguments, &run->console, ID_OPTION_MEASUREMENT);
    if (code != CLI_GO_ON)
        return code;
    if (!has(run, ID_OPTION_OUT) && !has(run, ID_OPTION_ID_KEY))
        return cli_error(&run->console, CLI_USAGE,
                         "--out is required, or --id-key and --id-signature: first the block is "
                         "written, then its signature is checked");
    return cli_check(&run->arguments, &run->console);
}

static enum cli_code write_block(struct run *run)
{
    sevl_snp_id_block_write(&run->block, run->block_bytes);
    cli_debug(&run->console, "ID block(hex)", run->block_bytes, sizeof run->block_bytes);
    return CLI_GO_ON;
}

/* A key in DER, or the block of a PEM file that holds one. */
static bool find_key(uint8_t key[SEVL_P384_KEY_SIZE], const uint8_t *bytes, size_t size)
{
    struct pem pem = {(const char *)bytes, size};
    char label[LABEL_MAX];
    uint8_t der[FILE_MAX];
    if (sevl_snp_id_key_read(key, bytes, size) == SEVL_OK)
        return true;
    while (pem_take(&pem, label, sizeof label, der, sizeof der, &size) == PEM_TAKEN)
        if (text_equal(label, "PUBLIC KEY"))
            return sevl_snp_id_key_read(key, der, size) == SEVL_OK;
    return false;
}

static enum cli_code read_key(const struct run *run, struct sevl_snp_id_signer *signer,
                              size_t option)
{
    uint8_t bytes[FILE_MAX];
    size_t size;
    const char *path = run->arguments.value[option];
    if (path == NULL)
        return CLI_GO_ON;
    enum cli_code code = cli_read_all(bytes, sizeof bytes, &size, &run->console,
                                      cli_name(&run->arguments, option), path);
    if (code != CLI_GO_ON || find_key(signer->key, bytes, size))
        return code;
    return cli_error(&run->console, CLI_USAGE, cli_name(&run->arguments, option),
                     ": expected a public key on P-384, in PEM or DER, but '", path,
                     "' is none: 'openssl pkey -pubout' makes one of a private key");
}

static enum cli_code read_signature(const struct run *run, struct sevl_snp_id_signer *signer,
                                    size_t option)
{
    uint8_t bytes[FILE_MAX];
    size_t size;
    const char *path = run->arguments.value[option];
    if (path == NULL)
        return CLI_GO_ON;
    enum cli_code code = cli_read_all(bytes, sizeof bytes, &size, &run->console,
                                      cli_name(&run->arguments, option), path);
    if (code != CLI_GO_ON || sevl_snp_id_signature_read(signer->signature, bytes, size) == SEVL_OK)
        return code;
    return cli_error(&run->console, CLI_USAGE, cli_name(&run->arguments, option),
                     ": expected an ECDSA signature, in DER or as r and s of 48 bytes each, but '",
                     path, "' is none");
}

static enum cli_code read_signers(struct run *run)
{
    enum cli_code code = read_key(run, &run->id, ID_OPTION_ID_KEY);
    if (code == CLI_GO_ON)
        code = read_signature(run, &run->id, ID_OPTION_ID_SIGNATURE);
    if (code == CLI_GO_ON)
        code = read_key(run, &run->author, ID_OPTION_AUTHOR_KEY);
    if (code == CLI_GO_ON)
        code = read_signature(run, &run->author, ID_OPTION_AUTHOR_SIGNATURE);
    sevl_snp_id_key_write(run->id.key, run->key_bytes);
    return code;
}

/* A signature, and what it has to be of. */
struct vouching {
    const struct sevl_snp_id_signer *signer;
    size_t key; /* the option of it */
    size_t signature;
    const char *what;
    const void *bytes;
    size_t size;
};

static enum cli_code fail_signature(const struct run *run, const struct vouching *vouching,
                                    enum sevl_result verdict)
{
    const struct cli_arguments *arguments = &run->arguments;
    if (verdict == SEVL_MISMATCH)
        return cli_error(&run->console, CLI_MISMATCH, cli_name(arguments, vouching->signature),
                         ": '", arguments->value[vouching->signature], "' is not the signature of ",
                         vouching->what);
    if (verdict == SEVL_ERROR_ENCODING)
        return cli_error(&run->console, CLI_USAGE, cli_name(arguments, vouching->key), ": '",
                         arguments->value[vouching->key], "' is no point of P-384");
    return cli_error(&run->console, CLI_FAILED, "SHA-384 failed");
}

static enum cli_code check_signature(struct run *run, const struct vouching *vouching)
{
    if (!has(run, vouching->signature))
        return CLI_GO_ON;
    enum sevl_result verdict =
        sevl_snp_id_signature_verify(vouching->signer->signature, vouching->signer->key,
                                     vouching->bytes, vouching->size, &run->memory);
    return verdict == SEVL_MATCH ? CLI_GO_ON : fail_signature(run, vouching, verdict);
}

static enum cli_code check_signatures(struct run *run)
{
    const struct vouching id = {
        &run->id,
        ID_OPTION_ID_KEY,
        ID_OPTION_ID_SIGNATURE,
        "this block by --id-key: the digest, policy, ids or version are others, or the key is",
        run->block_bytes,
        sizeof run->block_bytes};
    const struct vouching author = {&run->author,
                                    ID_OPTION_AUTHOR_KEY,
                                    ID_OPTION_AUTHOR_SIGNATURE,
                                    "--id-key, as --id-key-out writes it, by --author-key",
                                    run->key_bytes,
                                    sizeof run->key_bytes};
    enum cli_code code = check_signature(run, &id);
    return code == CLI_GO_ON ? check_signature(run, &author) : code;
}

static bool fill_block(struct port_sink *sink, const void *context)
{
    const struct run *run = context;
    return port_write(sink, run->block_bytes, sizeof run->block_bytes);
}

static bool fill_key(struct port_sink *sink, const void *context)
{
    const struct run *run = context;
    return port_write(sink, run->key_bytes, sizeof run->key_bytes);
}

static bool write_base64(struct port_sink *sink, const uint8_t page[SEVL_SNP_ID_AUTH_SIZE])
{
    char text[SEVL_BASE64_SIZE(SEVL_SNP_ID_AUTH_SIZE)];
    return sevl_base64_encode(page, SEVL_SNP_ID_AUTH_SIZE, text, sizeof text) == SEVL_OK &&
           port_write(sink, text, sizeof text - 1);
}

static bool fill_auth(struct port_sink *sink, const void *context)
{
    const struct run *run = context;
    uint8_t page[SEVL_SNP_ID_AUTH_SIZE];
    sevl_snp_id_auth_write(&run->id, has(run, ID_OPTION_AUTHOR_KEY) ? &run->author : NULL, page);
    if (has(run, ID_OPTION_FORMAT) && text_equal(run->arguments.value[ID_OPTION_FORMAT], "base64"))
        return write_base64(sink, page);
    return port_write(sink, page, sizeof page);
}

static enum cli_code write_files(struct run *run)
{
    static const struct {
        size_t option;
        cli_fill *fill;
    } files[] = {{ID_OPTION_OUT, fill_block},
                 {ID_OPTION_ID_KEY_OUT, fill_key},
                 {ID_OPTION_ID_AUTH, fill_auth}};
    struct cli_output outputs[CLI_OUTPUTS_MAX]; /* --id-auth excludes --out */
    size_t count = 0;
    for (size_t i = 0; i < 3; i++)
        if (has(run, files[i].option))
            outputs[count++] = (struct cli_output){run->arguments.value[files[i].option],
                                                   PORT_USUAL, files[i].fill, run};
    return count == 0 ? CLI_GO_ON : cli_write_files(&run->console, outputs, count);
}

static enum cli_code compute_digest(const struct run *run, size_t option, const char *label,
                                    const struct sevl_snp_id_signer *signer,
                                    uint8_t digest[SEVL_SHA384_SIZE])
{
    if (!has(run, option))
        return CLI_GO_ON;
    if (sevl_snp_id_key_digest(signer->key, digest) != SEVL_OK)
        return cli_error(&run->console, CLI_FAILED, "SHA-384 failed");
    cli_debug(&run->console, label, digest, SEVL_SHA384_SIZE);
    return CLI_GO_ON;
}

static enum cli_code compute_digests(struct run *run)
{
    enum cli_code code =
        compute_digest(run, ID_OPTION_ID_KEY, "ID key(sha384)", &run->id, run->id_digest);
    if (code == CLI_GO_ON)
        code = compute_digest(run, ID_OPTION_AUTHOR_KEY, "Author key(sha384)", &run->author,
                              run->author_digest);
    return code;
}

static enum cli_code print_digest(const struct run *run, size_t option, const char *label,
                                  const uint8_t digest[SEVL_SHA384_SIZE])
{
    char text[2 * SEVL_SHA384_SIZE + 1];
    if (!has(run, option) || run->console.quiet)
        return CLI_GO_ON;
    text_from_bytes(text, digest, SEVL_SHA384_SIZE);
    return cli_check_printed(&run->console, cli_line(PORT_OUT, label, text));
}

static enum cli_code print_json(const struct run *run)
{
    const struct id_block_signer id = {has(run, ID_OPTION_ID_KEY) ? run->id_digest : NULL,
                                       has(run, ID_OPTION_ID_SIGNATURE)};
    const struct id_block_signer author = {has(run, ID_OPTION_AUTHOR_KEY) ? run->author_digest
                                                                          : NULL,
                                           has(run, ID_OPTION_AUTHOR_SIGNATURE)};
    return cli_check_printed(&run->console, id_block_json_print(&run->block, &id, &author));
}

static enum cli_code print_answer(struct run *run)
{
    if (has(run, ID_OPTION_JSON))
        return print_json(run);
    enum cli_code code = print_digest(run, ID_OPTION_ID_KEY, "ID key digest:     ", run->id_digest);
    if (code == CLI_GO_ON)
        code = print_digest(run, ID_OPTION_AUTHOR_KEY, "Author key digest: ", run->author_digest);
    return code;
}

static enum cli_code read_format(struct run *run)
{
    static const char *const words[] = {"raw", "base64", NULL};
    int word = 0;
    return cli_read_word(&run->arguments, &run->console, ID_OPTION_FORMAT, words, &word);
}

static enum cli_code run_steps(struct run *run)
{
    static enum cli_code (*const steps[])(
        struct run *) = {check_purpose, read_format,  read_ids,         read_numbers,
                         write_block,   read_signers, check_signatures, compute_digests,
                         write_files,   print_answer};
    enum cli_code code = CLI_GO_ON;
    for (size_t i = 0; i < sizeof steps / sizeof *steps && code == CLI_GO_ON; i++)
        code = steps[i](run);
    return code == CLI_GO_ON ? CLI_SUCCESS : code;
}

enum cli_code id_block(const char *const words[], struct cli_buffer buffer)
{
    struct run run;
    (void)buffer;
    memset(&run, 0, sizeof run);
    enum cli_code code = cli_parse(&run.arguments, &run.console, &id_block_command, words);
    if (code != CLI_GO_ON)
        return code;
    if (has(&run, ID_OPTION_HELP))
        return cli_print_help(&id_block_command, &run.console);
    return run_steps(&run);
}
