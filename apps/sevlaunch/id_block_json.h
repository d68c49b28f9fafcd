/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* An ID block and its signers as one JSON object: the man page says what its members mean. */
#ifndef SEVLAUNCH_ID_BLOCK_JSON_H
#define SEVLAUNCH_ID_BLOCK_JSON_H

#include <sevlaunch/snp/id_block.h>

#include "cli/json.h"

/* A key, and whether its signature was given and verified. */
struct id_block_signer {
    const uint8_t *digest; /* SEVL_SHA384_SIZE bytes; NULL where there is no key */
    bool is_verified;
};

/* Returns whether all of the object was printed. */
PORT_CHECK bool id_block_json_print(const struct sevl_snp_id_block *block,
                                    const struct id_block_signer *id,
                                    const struct id_block_signer *author);

#endif
