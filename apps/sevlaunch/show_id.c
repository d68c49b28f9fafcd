/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include <sevlaunch/snp/id_block.h>

#include "show_file.h"

/* Of a guest policy of SEV-SNP (AMD 56860, table "Guest Policy"): below are ABI versions. */
static const char *const policy_bits[] = {[16] = "SMT",
                                          [17] = "reserved, always 1",
                                          [18] = "MIGRATE_MA",
                                          [19] = "DEBUG",
                                          [20] = "SINGLE_SOCKET",
                                          [21] = "CXL_ALLOW",
                                          [22] = "MEM_AES_256_XTS",
                                          [23] = "RAPL_DIS",
                                          [24] = "CIPHERTEXT_HIDING",
                                          [25] = "PAGE_SWAP_DISABLE"};
#define POLICY_BITS (sizeof policy_bits / sizeof *policy_bits)
#define POLICY_ABI UINT64_C(0xffff)
#define POLICY_RESERVED_1 UINT64_C(0x20000)

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
    show_hexadecimal(output, "policy", true, block.policy);
    show_bits(output, "policy-bits", "policy-bit", block.policy & ~POLICY_ABI, policy_bits,
              POLICY_BITS);
    show_note(output, "told by its 96 bytes and its version alone");
    if ((block.policy & POLICY_RESERVED_1) == 0)
        show_note(output, "the policy has no bit 17, so that no launch can have it");
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
