/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sevl_diagnose, for any reference values of QEMU's CPUs, scratch memory, verdicts, digests
 * and failures: what is not valid is refused. It finds something only on SEVL_MATCH, and
 * names every difference of keys, versions, build and policy between that launch and the
 * reference values. Of the guest, what it names differs from what was given, and
 * test/unit/test_diagnose.c shows the rest.
 *
 * With 2 bits of the policy in place of 32, 2 builds in place of 256, one minor version up
 * and down, at most 3 CPUs, 2 CPU types, one value of the SEV features, pages of 128 bytes
 * and at least 1 byte of scratch memory.
 */
#include "proof.h"

#pragma CPROVER check push
#pragma CPROVER check disable "unsigned-overflow" /* versions, the rest of a page */
#pragma CPROVER check disable "conversion"
#include <core/sev/diagnose.c>
#pragma CPROVER check pop

const struct sevl_cpu_type sevl_cpu_types[SEVL_CPU_TYPES];

static struct sevl_reference_values reference;
static struct sevl_evidence evidence;
static uint8_t tek[SEVL_TEK_SIZE];
static uint8_t tik[SEVL_TIK_SIZE];
static uint8_t memory[1];
static bool is_ended; /* by an error or a match */
static bool is_matched;
static const uint8_t *key;
static struct sevl_launch launch;
static uint8_t digest_byte;
static uint32_t measured_cpus; /* of the last whole guest */
static size_t place;

static enum sevl_result succeed_or_fail(void)
{
    PROVE(!is_ended);
    is_ended = nondet_bool();
    return is_ended ? SEVL_ERROR_CRYPTO : SEVL_OK;
}

enum sevl_result sevl_sha256_init(struct sevl_sha256 *digest)
{
    return succeed_or_fail();
}

enum sevl_result sevl_sha256_update(struct sevl_sha256 *digest, const void *data, size_t size)
{
    PROVE(size == 0 || __CPROVER_r_ok(data, size));
    return succeed_or_fail();
}

void sevl_sha256_wipe(struct sevl_sha256 *digest)
{
}

enum sevl_result sevl_sev_launch_digest_start(const struct sevl_sev_guest *guest,
                                              struct sevl_sha256 *digest)
{
    return succeed_or_fail();
}

enum sevl_result sevl_sev_launch_digest_append_cpu0(const struct sevl_sev_guest *guest,
                                                    struct sevl_sha256 *digest,
                                                    struct sevl_scratch scratch)
{
    PROVE(scratch.bytes == memory && scratch.size == sizeof memory);
    return succeed_or_fail();
}

enum sevl_result sevl_sev_launch_digest_append_others(const struct sevl_sev_guest *guest,
                                                      struct sevl_sha256 *digest, uint32_t count,
                                                      struct sevl_scratch scratch)
{
    PROVE(scratch.bytes == memory && scratch.size == sizeof memory);
    PROVE(count == 0 || guest->vmsa_cpu0 == NULL || guest->vmsa_cpu1 != NULL);
    return succeed_or_fail();
}

/* After a failure, finish fails again. */
enum sevl_result sevl_sha256_finish(struct sevl_sha256 *digest, uint8_t hash[SEVL_SHA256_SIZE])
{
    hash[place] = nondet_u8();
    return is_ended ? SEVL_ERROR_STATE : succeed_or_fail();
}

enum sevl_result sevl_sev_launch_digest(const struct sevl_sev_guest *guest,
                                        struct sevl_scratch scratch,
                                        uint8_t launch_digest[SEVL_SHA256_SIZE])
{
    PROVE(sevl_sev_guest_is_valid(guest));
    PROVE(scratch.bytes == memory && scratch.size == sizeof memory);
    launch_digest[place] = nondet_u8();
    measured_cpus = guest->cpus;
    return succeed_or_fail();
}

enum sevl_result sevl_measurement_verify_once(const uint8_t given_key[SEVL_TIK_SIZE],
                                              const struct sevl_launch *given,
                                              const uint8_t launch_digest[SEVL_SHA256_SIZE],
                                              const struct sevl_measurement *reported)
{
    PROVE(!is_ended && (given_key == tik || given_key == tek) && reported == &evidence.measurement);
    is_matched = nondet_bool();
    is_ended = is_matched || nondet_bool();
    key = given_key;
    launch = *given;
    digest_byte = launch_digest[place];
    return is_matched ? SEVL_MATCH : is_ended ? SEVL_ERROR_CRYPTO : SEVL_MISMATCH;
}

static bool has(const struct sevl_findings *findings, enum sevl_mistake mistake)
{
    return (findings->count > 0 && findings->finding[0].mistake == mistake) ||
           (findings->count > 1 && findings->finding[1].mistake == mistake);
}

/* The value that was found, or the one that was given. */
static uint32_t value(const struct sevl_findings *findings, enum sevl_mistake mistake,
                      uint32_t given)
{
    for (uint32_t i = 0; i < findings->count && i < SEVL_FINDINGS_MAX; i++)
        if (findings->finding[i].mistake == mistake)
            return findings->finding[i].value;
    return given;
}

/* What was found of CPUs is not what was given. */
static void prove_cpus_differ(const struct sevl_findings *found)
{
    const struct sevl_cpu *given = &reference.guest.cpu;
    PROVE(!has(found, SEVL_MISTAKE_ES) || reference.guest.cpus > 0);
    PROVE(!has(found, SEVL_MISTAKE_ES) ||
          measured_cpus == (sevl_policy_is_es(launch.policy) ? reference.guest.cpus : 0));
    PROVE(!has(found, SEVL_MISTAKE_CPUS) ||
          value(found, SEVL_MISTAKE_CPUS, 0) != reference.guest.cpus);
    PROVE(!has(found, SEVL_MISTAKE_CPU_SIGNATURE) ||
          value(found, SEVL_MISTAKE_CPU_SIGNATURE, 0) != given->signature);
    PROVE(!has(found, SEVL_MISTAKE_VMM) || value(found, SEVL_MISTAKE_VMM, 0) != given->vmm);
    PROVE(!has(found, SEVL_MISTAKE_FPU) || value(found, SEVL_MISTAKE_FPU, 0) != given->fpu);
    PROVE(!has(found, SEVL_MISTAKE_SEV_FEATURES) ||
          value(found, SEVL_MISTAKE_SEV_FEATURES, 0) != given->sev_features);
}

static void prove_named(const struct sevl_findings *found)
{
    uint32_t policy = value(found, SEVL_MISTAKE_POLICY, evidence.launch.policy);
    uint32_t other_es = policy ^ SEVL_POLICY_ES;
    PROVE(found->count == 1 || found->count == 2);
    PROVE(launch.policy == value(found, SEVL_MISTAKE_ES, policy));
    PROVE(value(found, SEVL_MISTAKE_ES, other_es) == other_es);
    PROVE(launch.api_major == value(found, SEVL_MISTAKE_API_MAJOR, evidence.launch.api_major));
    PROVE(launch.api_minor == value(found, SEVL_MISTAKE_API_MINOR, evidence.launch.api_minor));
    PROVE(launch.build == value(found, SEVL_MISTAKE_BUILD, evidence.launch.build));
    PROVE((key == tek) == has(found, SEVL_MISTAKE_KEYS_SWAPPED));
    PROVE(digest_byte == reference.launch_digest[place] || reference.has_firmware);
}

int main(void)
{
    struct sevl_findings findings;
    __CPROVER_havoc_object(&reference);
    __CPROVER_havoc_object(&evidence);
    __CPROVER_havoc_object((void *)sevl_cpu_types);
    reference.guest.vmsa_cpu0 = nondet_bool() ? NULL : memory;
    reference.guest.vmsa_cpu1 = nondet_bool() ? NULL : memory;
    reference.guest.cpu.vmm = SEVL_VMM_QEMU;
    reference.guest.cpu.fpu = nondet_bool() ? SEVL_FPU_LEGACY : SEVL_FPU_INIT2;
    place = any_below(SEVL_SHA256_SIZE);

    struct sevl_scratch scratch = {nondet_bool() ? NULL : memory, any_below(sizeof memory + 1)};
    bool is_complete =
        sevl_reference_values_are_valid(&reference) && sevl_scratch_is_valid(scratch);

    enum sevl_result result = sevl_diagnose(&reference, &evidence, tek, tik, scratch, &findings);

    REACHES(result == SEVL_OK && findings.count == 2);
    REACHES(result == SEVL_OK && has(&findings, SEVL_MISTAKE_CPU_SIGNATURE));
    REACHES(result == SEVL_OK && has(&findings, SEVL_MISTAKE_FIRMWARE_PADDED));
    REACHES(result == SEVL_ERROR_ABSENT && reference.has_firmware);
    REACHES(result == SEVL_ERROR_CRYPTO);
    REACHES(result == SEVL_ERROR_STATE && reference.guest.cpus == 2 && scratch.size > 0);
    PROVE(is_complete || !is_ended);
    PROVE(result == (!is_complete ? SEVL_ERROR_STATE
                     : is_matched ? SEVL_OK
                     : is_ended   ? SEVL_ERROR_CRYPTO
                                  : SEVL_ERROR_ABSENT));
    PROVE(result == SEVL_ERROR_ABSENT || findings.tried == 0);
    if (result == SEVL_OK) {
        prove_named(&findings);
        prove_cpus_differ(&findings);
    } else {
        prove_zero(&findings, offsetof(struct sevl_findings, tried));
    }
}
