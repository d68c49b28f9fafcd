/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include <sevlaunch/snp/id_block.h>

#include "show_file.h"
#include "show_policy.h"

enum cli_code show_id_block(struct show_file *file, const struct cli_console *console,
                            struct show_output *output)
{
    struct sevl_snp_id_block block;
    (void)console;
    if (file->size != SEVL_SNP_ID_BLOCK_SIZE ||
        sevl_snp_id_block_read(&block, show_file_bytes(file)) != SEVL_OK)
        return CLI_GO_ON;
    show_begin(output, "id-block");
    show_file_members(file, output);
    show_bytes(output, "launch-digest", block.launch_digest, sizeof block.launch_digest);
    show_bytes(output, "family-id", block.family_id, sizeof block.family_id);
    show_bytes(output, "image-id", block.image_id, sizeof block.image_id);
    show_decimal(output, "guest-svn", block.guest_svn);
    show_policy(output, block.policy);
    show_note(output, "told by its 96 bytes and its version alone");
    return CLI_SUCCESS;
}

static bool show_key(struct show_output *output, const char *name,
                     const struct sevl_snp_id_signer *signer)
{
    uint8_t digest[SEVL_SHA384_SIZE];
    if (sevl_snp_id_key_digest(signer->key, digest) != SEVL_OK)
        return false;
    show_bytes(output, name, digest, sizeof digest);
    return true;
}

enum cli_code show_id_auth(struct show_file *file, const struct cli_console *console,
                           struct show_output *output)
{
    struct sevl_snp_id_signer id;
    struct sevl_snp_id_signer author;
    bool has_author;
    if (file->size != SEVL_SNP_ID_AUTH_SIZE ||
        sevl_snp_id_auth_read(&id, &author, &has_author, show_file_bytes(file)) != SEVL_OK)
        return CLI_GO_ON;
    show_begin(output, "id-auth");
    show_file_members(file, output);
    if (!show_key(output, "id-key-digest", &id))
        return cli_error(console, CLI_FAILED, "SHA-384 failed");
    if (!has_author)
        show_word(output, "author-key-digest", NULL);
    else if (!show_key(output, "author-key-digest", &author))
        return cli_error(console, CLI_FAILED, "SHA-384 failed");
    show_note(output, "no signature was verified: that of the ID key is of an ID block");
    return CLI_SUCCESS;
}
