/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "reference.h"

#include <string.h>

#include "hashes.h"

#define HASHED offsetof(struct token_reference, sha384)

#define PRODUCTS (1u << SEVL_SNP_MILAN | 1u << SEVL_SNP_GENOA | 1u << SEVL_SNP_TURIN)
#define PINS (REFERENCE_OWN_ROOT | REFERENCE_OWN_INTERMEDIATE)
#define ALLOWED (REFERENCE_DEBUG | REFERENCE_MIGRATION)
#define CHECKS                                          \
    (SEVL_SNP_CHECK_BIT(SEVL_SNP_CHECK_HOST_DATA) |     \
     SEVL_SNP_CHECK_BIT(SEVL_SNP_CHECK_ID_KEY_DIGEST) | \
     SEVL_SNP_CHECK_BIT(SEVL_SNP_CHECK_POLICY_BITS) |   \
     SEVL_SNP_CHECK_BIT(SEVL_SNP_CHECK_PLATFORM_BITS) | \
     SEVL_SNP_CHECK_BIT(SEVL_SNP_CHECK_REPORTED_TCB) |  \
     SEVL_SNP_CHECK_BIT(SEVL_SNP_CHECK_COMMITTED_TCB) | \
     SEVL_SNP_CHECK_BIT(SEVL_SNP_CHECK_LAUNCH_TCB) |    \
     SEVL_SNP_CHECK_BIT(SEVL_SNP_CHECK_CURRENT_TCB) | SEVL_SNP_CHECK_BIT(SEVL_SNP_CHECK_FIRMWARE))

static bool has_known_bits(const struct token_reference *values)
{
    return (values->products & ~PRODUCTS) == 0 && (values->pins & ~PINS) == 0 &&
           (values->allowed & ~ALLOWED) == 0 && (values->expected & ~CHECKS) == 0;
}

/* Whether anything can vouch for a report's key. */
static bool has_trust(const struct token_reference *values)
{
    struct sevl_snp_key key;
    if (values->trust == REFERENCE_KEY)
        return reference_key(&key) == SEVL_OK;
    return values->trust == REFERENCE_CHAIN &&
           (values->products != 0 || (values->pins & REFERENCE_OWN_ROOT) != 0);
}

static bool has_digests(const struct token_reference *values)
{
    return values->digest_count >= 1 && values->digest_count <= REFERENCE_DIGESTS_MAX;
}

uint32_t reference_check(void)
{
    const struct token_reference *values = &reference;
    uint8_t sha384[SEVL_SHA384_SIZE];
    if (values->magic != REFERENCE_MAGIC)
        return TOKEN_UNPROVISIONED;
    if (hash_bytes(values, HASHED, sha384) != SEVL_OK)
        return TOKEN_BROKEN;
    if (!hash_equal(sha384, values->sha384))
        return TOKEN_DAMAGED;
    if (!has_known_bits(values) || !has_trust(values) || !has_digests(values))
        return TOKEN_DAMAGED;
    return SEVL_OK;
}

enum sevl_result reference_key(struct sevl_snp_key *key)
{
    return key_form_read(key, reference.key, sizeof reference.key) ? SEVL_OK : SEVL_ERROR_ENCODING;
}

void reference_expect(struct sevl_snp_expectations *expectations)
{
    const struct token_reference *values = &reference;
    memset(expectations, 0, sizeof *expectations);
    expectations->expected = values->expected | SEVL_SNP_CHECK_BIT(SEVL_SNP_CHECK_MEASUREMENT);
    expectations->allows_debug = (values->allowed & REFERENCE_DEBUG) != 0;
    expectations->allows_migration = (values->allowed & REFERENCE_MIGRATION) != 0;
    expectations->measurements = values->digests;
    expectations->measurement_count = values->digest_count;
    expectations->vmpl = values->vmpl;
    expectations->policy = values->policy;
    expectations->platform = values->platform;
    expectations->tcb_min = values->tcb_min;
    expectations->firmware_min = values->firmware_min;
    memcpy(expectations->host_data, values->host_data, sizeof values->host_data);
    memcpy(expectations->id_key_digest, values->id_key_digest, sizeof values->id_key_digest);
}
