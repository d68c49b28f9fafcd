/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sevl_snp_launch_digest, for every guest, of up to 4 in place of SEVL_CPUS_MAX CPUs, and
 * with or without scratch memory: after all else, CPU 0 is added, then each other one. If a
 * step fails, the whole fails, and leaves no digest. sevl_snp_launch_digest_compare says that two
 * digests match if, and only if, all their bytes are equal.
 */
#include "proof.h"

#include <core/snp/guest_digest.c>

static struct sevl_snp_guest guest;
static uint8_t digest[SEVL_SNP_LAUNCH_DIGEST_SIZE];
static uint8_t chain[SEVL_SNP_LAUNCH_DIGEST_SIZE]; /* the last digest */
static uint32_t hashed;                            /* pages */
static uint32_t added;
static enum sevl_result failure = SEVL_OK; /* of the step that failed */

static enum sevl_result end_step(enum sevl_result how)
{
    if (nondet_bool())
        failure = how;
    __CPROVER_havoc_object(chain);
    memcpy(digest, chain, sizeof chain);
    return failure;
}

enum sevl_result
sevl_snp_launch_digest_before_cpus(const struct sevl_snp_guest *given,
                                   uint8_t launch_digest[SEVL_SNP_LAUNCH_DIGEST_SIZE])
{
    PROVE(given == &guest && launch_digest == digest && added == 0);
    return end_step(nondet_bool() ? SEVL_ERROR_ABSENT : SEVL_ERROR_ENCODING);
}

enum sevl_result sevl_snp_cpu_hash(const struct sevl_cpu *cpu, uint32_t reset_address,
                                   struct sevl_scratch scratch, uint8_t hash[SEVL_SHA384_SIZE])
{
    PROVE(failure == SEVL_OK && cpu == &guest.cpu && sevl_scratch_is_valid(scratch));
    PROVE(hashed == added && (hashed == 0 || (hashed == 1 && guest.cpus > 1)));
    hashed++;
    memset(hash, 0x5a, SEVL_SHA384_SIZE);
    for (size_t i = 0; i < 4; i++)
        hash[i] = (uint8_t)(reset_address >> 8 * i & 0xff);
    if (nondet_bool())
        failure = SEVL_ERROR_CRYPTO;
    return failure;
}

enum sevl_result sevl_snp_launch_digest_add_cpu(uint8_t launch_digest[SEVL_SNP_LAUNCH_DIGEST_SIZE],
                                                const uint8_t hash[SEVL_SHA384_SIZE])
{
    size_t i = any_below(sizeof digest);
    uint32_t reset_address = added == 0 ? SEVL_RESET_ADDRESS_CPU0 : guest.reset_address;
    PROVE(failure == SEVL_OK && launch_digest == digest && digest[i] == chain[i]);
    PROVE(hash[i] == (i < 4 ? (reset_address >> 8 * i & 0xff) : 0x5a));
    added++;
    return end_step(SEVL_ERROR_CRYPTO);
}

bool sevl_constant_time_equal(const uint8_t *a, const uint8_t *b, size_t size)
{
    bool is_equal = true;
    PROVE(__CPROVER_r_ok(a, size) && __CPROVER_r_ok(b, size));
    for (size_t i = 0; i < size; i++)
        is_equal = is_equal && a[i] == b[i];
    return is_equal;
}

static void compare(void)
{
    uint8_t measurement[SEVL_SNP_LAUNCH_DIGEST_SIZE];
    size_t i = any_below(sizeof measurement);
    size_t changed = any_below(sizeof measurement + 1); /* if it is a byte's number */

    enum sevl_result result = sevl_snp_launch_digest_compare(digest, measurement);

    REACHES(result == SEVL_MATCH);
    PROVE(result == SEVL_MATCH || result == SEVL_MISMATCH);
    PROVE(result == SEVL_MISMATCH || digest[i] == measurement[i]);

    memcpy(measurement, digest, sizeof measurement);
    if (changed < sizeof measurement)
        measurement[changed] = nondet_u8();
    bool is_same = changed == sizeof measurement || measurement[changed] == digest[changed];
    result = sevl_snp_launch_digest_compare(digest, measurement);
    REACHES(result == SEVL_MISMATCH);
    PROVE(result == (is_same ? SEVL_MATCH : SEVL_MISMATCH));
}

static void launch(void)
{
    uint8_t memory[1];
    size_t i = any_below(sizeof digest);
    struct sevl_scratch scratch = {nondet_bool() ? NULL : memory, any_below(2)};
    bool is_refused =
        guest.cpus == 0 || guest.cpus > SEVL_CPUS_MAX || scratch.bytes == NULL || scratch.size == 0;

    enum sevl_result result = sevl_snp_launch_digest(&guest, scratch, digest);

    REACHES(result == SEVL_OK && guest.cpus == SEVL_CPUS_MAX);
    REACHES(result == SEVL_OK && guest.cpus == 1);
    REACHES(is_refused && guest.cpus == 2);
    REACHES(is_refused && guest.cpus > SEVL_CPUS_MAX && scratch.size == 1 && scratch.bytes != NULL);
    PROVE(result == (is_refused ? SEVL_ERROR_STATE : failure));
    PROVE(digest[i] == (result == SEVL_OK ? chain[i] : 0));
    PROVE(result != SEVL_OK || added == guest.cpus);
    PROVE(!is_refused || added == 0);
}

int main(void)
{
    __CPROVER_havoc_object(&guest);
    __CPROVER_havoc_object(digest);
    if (CASE == 0)
        launch();
    else
        compare();
}
