/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Reference values of any content are taken only if their magic and their hash are right, every
 * bit of them has a meaning, something vouches for keys, and there are 1 to 8 launch digests. What
 * is expected is then what they say, and the measurement.
 */
#include "proof.h"

#include <apps/token/reference.c>

const struct token_reference reference = {0};

static bool is_hashed, is_same, is_key;

enum sevl_result hash_bytes(const void *bytes, size_t size, uint8_t sha384[SEVL_SHA384_SIZE])
{
    PROVE(bytes == &reference && size == sizeof reference - SEVL_SHA384_SIZE);
    PROVE(__CPROVER_w_ok(sha384, SEVL_SHA384_SIZE));
    return is_hashed ? SEVL_OK : SEVL_ERROR_CRYPTO;
}

bool hash_equal(const uint8_t one[SEVL_SHA384_SIZE], const uint8_t other[SEVL_SHA384_SIZE])
{
    PROVE(is_hashed && one != other && other == reference.sha384);
    return is_same;
}

bool key_form_read(struct sevl_snp_key *key, const uint8_t *bytes, size_t size)
{
    PROVE(__CPROVER_w_ok(key, sizeof *key) && bytes == reference.key && size == KEY_FORM_SIZE);
    return is_key;
}

static bool has_meaning(void)
{
    return (reference.products & ~0xeu) == 0 && reference.pins <= 3 && reference.allowed <= 3 &&
           (reference.expected & ~0xfb0030u) == 0;
}

static bool has_voucher(void)
{
    if (reference.trust == REFERENCE_KEY)
        return is_key;
    return reference.trust == REFERENCE_CHAIN &&
           (reference.products != 0 || (reference.pins & 1) != 0);
}

static void prove_check(void)
{
    uint32_t checked = reference_check();

    REACHES(checked == SEVL_OK && reference.trust == REFERENCE_KEY);
    REACHES(checked == SEVL_OK && reference.products == 0 && reference.digest_count == 8);
    if (reference.magic != REFERENCE_MAGIC)
        PROVE(checked == TOKEN_UNPROVISIONED);
    else if (!is_hashed)
        PROVE(checked == TOKEN_BROKEN);
    else
        PROVE(checked == (is_same && has_meaning() && has_voucher() &&
                                  reference.digest_count >= 1 && reference.digest_count <= 8
                              ? SEVL_OK
                              : (uint32_t)TOKEN_DAMAGED));
}

static void prove_expectations(void)
{
    struct sevl_snp_expectations expectations;
    size_t i = any_below(32);
    size_t j = any_below(48);

    reference_expect(&expectations);

    PROVE(expectations.expected ==
          (reference.expected | SEVL_SNP_CHECK_BIT(SEVL_SNP_CHECK_MEASUREMENT)));
    PROVE(!expectations.without_measurement && !expectations.allows_version_6);
    PROVE(expectations.allows_debug == (reference.allowed & 1));
    PROVE(expectations.allows_migration == (reference.allowed >> 1 & 1));
    PROVE(expectations.measurements == reference.digests);
    PROVE(expectations.measurement_count == reference.digest_count);
    PROVE(expectations.vmpl == reference.vmpl);
    PROVE(expectations.policy.required == reference.policy.required);
    PROVE(expectations.policy.refused == reference.policy.refused);
    PROVE(expectations.platform.required == reference.platform.required);
    PROVE(expectations.platform.refused == reference.platform.refused);
    PROVE(expectations.tcb_min.fmc == reference.tcb_min.fmc);
    PROVE(expectations.tcb_min.microcode == reference.tcb_min.microcode);
    PROVE(expectations.firmware_min.build == reference.firmware_min.build);
    PROVE(expectations.firmware_min.major == reference.firmware_min.major);
    PROVE(expectations.host_data[i] == reference.host_data[i]);
    PROVE(expectations.id_key_digest[j] == reference.id_key_digest[j]);
}

int main(void)
{
    __CPROVER_havoc_object((void *)&reference);
    is_hashed = nondet_bool();
    is_same = nondet_bool();
    is_key = nondet_bool();
    if (CASE == 0)
        prove_check();
    else
        prove_expectations();
}
