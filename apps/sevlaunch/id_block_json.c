/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "id_block_json.h"

#include "cli/text.h"

/* The form of the object; it changes when a member changes its meaning. */
#define SCHEMA 1

/* SHA-384 is more than cli_json_bytes() takes. */
static void put_digest(struct cli_json *json, const char *name, const uint8_t *digest)
{
    char text[2 * SEVL_SHA384_SIZE + 1];
    if (digest == NULL) {
        cli_json_member(json, name, "null");
        return;
    }
    text_from_bytes(text, digest, SEVL_SHA384_SIZE);
    cli_json_line(json, "  \"", name, "\": \"", text, "\",");
}

static const char *signature_word(const struct id_block_signer *signer)
{
    return signer->is_verified ? "\"verified\"" : "null";
}

static void put_block(struct cli_json *json, const struct sevl_snp_id_block *block)
{
    put_digest(json, "measurement", block->launch_digest);
    cli_json_number(json, "policy", block->policy);
    cli_json_bytes(json, "family-id", block->family_id, sizeof block->family_id);
    cli_json_bytes(json, "image-id", block->image_id, sizeof block->image_id);
    cli_json_number(json, "guest-svn", block->guest_svn);
}

bool id_block_json_print(const struct sevl_snp_id_block *block, const struct id_block_signer *id,
                         const struct id_block_signer *author)
{
    struct cli_json json;
    cli_json_begin(&json);
    cli_json_member(&json, "type", "\"sevlaunch-id-block\"");
    cli_json_number(&json, "schema", SCHEMA);
    cli_json_member(&json, "tool",
                    "{\"name\": \"sevlaunch\", \"version\": \"" SEVLAUNCH_VERSION "\"}");
    put_block(&json, block);
    put_digest(&json, "id-key-digest", id->digest);
    cli_json_member(&json, "id-signature", signature_word(id));
    put_digest(&json, "author-key-digest", author->digest);
    cli_json_line(&json, "  \"author-signature\": ", signature_word(author));
    return cli_json_end(&json);
}
