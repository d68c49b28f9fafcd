/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sevl_sev_signature_verify, for any key, message and signature: the result is that of ECDSA for
 * the key, the SHA-256 of the message as a number, and the two numbers with their bytes in the
 * other order; without a hash there is none.
 */
#include "proof.h"

#include "sha256_model.h"

#include <core/sev/platform_signature.c>

#define MESSAGE_MAX 64

static enum sevl_result ecdsa_result = SEVL_MISMATCH;
static const uint8_t *the_key, *the_fields;
static unsigned verifications;

void sevl_sev_turn_number(uint8_t *to, const uint8_t *from, size_t size)
{
    PROVE(__CPROVER_w_ok(to, size) && __CPROVER_r_ok(from, size) && size == 48);
    for (size_t i = 0; i < size; i++)
        to[i] = from[size - 1 - i];
}

enum sevl_result sevl_ecdsa_p384_verify(struct sevl_ecdsa_p384 *memory,
                                        const struct sevl_p384_key *key,
                                        const uint8_t hash[SEVL_SHA384_SIZE],
                                        const struct sevl_p384_signature *signature)
{
    size_t i = any_below(48);
    PROVE(__CPROVER_w_ok(memory, sizeof *memory));
    PROVE((const uint8_t *)key == the_key);
    PROVE(hash[i] == (i < 16 ? 0 : finished[0].hash[i - 16]));
    PROVE(signature->r[i] == the_fields[47 - i]);
    PROVE(signature->s[i] == the_fields[72 + 47 - i]);
    verifications++;
    return ecdsa_result;
}

int main(void)
{
    static const enum sevl_result results[] = {SEVL_MATCH, SEVL_MISMATCH, SEVL_ERROR_ENCODING};
    struct sevl_sev_chain_memory memory;
    uint8_t key[SEVL_P384_KEY_SIZE];
    uint8_t fields[2 * NUMBER_FIELD];
    uint8_t message[MESSAGE_MAX];
    size_t size = any_below(MESSAGE_MAX + 1);
    const uint8_t *bytes = ENDING(message, size);
    ecdsa_result = results[any_below(3)];
    place = any_below(MESSAGE_MAX);
    the_key = key;
    the_fields = fields;

    enum sevl_result result = sevl_sev_signature_verify(&memory, key, bytes, size, fields);

    REACHES(result == SEVL_MATCH);
    REACHES(result == SEVL_ERROR_CRYPTO);
    PROVE(result == (failed ? SEVL_ERROR_CRYPTO : ecdsa_result));
    PROVE(verifications == (failed ? 0 : 1));
    PROVE(failed || (finishes == 1 && finished[0].message.length == size));
    PROVE(failed || place >= size || finished[0].message.byte == bytes[place]);
}
