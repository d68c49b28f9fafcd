/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sevlaunch/snp/verification.h"

#include <string.h>

#include "base/bytes.h"
#include "crypto/constant_time.h"
#include "crypto/ecdsa_p384.h"
#include "snp/hash.h"
#include "snp/report_layout.h"

_Static_assert(sizeof(struct sevl_p384_key) == SEVL_P384_KEY_SIZE, "a key is its bytes");
_Static_assert(sizeof(struct sevl_sha384) <= sizeof(struct sevl_snp_report_memory),
               "a hash has room");

/*
 * What verifies the hash. The signature is anything that the host wrote: on the stack, it could be
 * a return address for a CPU that leaves out the instruction that frees the frame.
 */
struct verifying {
    struct sevl_ecdsa_p384 ecdsa;
    struct sevl_p384_signature signature;
};

_Static_assert(sizeof(struct verifying) <= sizeof(struct sevl_snp_report_memory),
               "a verification of ECDSA has room");
_Static_assert(_Alignof(struct verifying) <= _Alignof(struct sevl_snp_report_memory),
               "a verification of ECDSA is aligned");

static bool is_signed(const struct sevl_snp_report *report)
{
    return sevl_get32(report->bytes + SIGNATURE_ALGO) == SIGNATURE_ECDSA_P384_SHA384 &&
           !report->masks_chip_key && report->signer != SEVL_SNP_SIGNER_NONE;
}

static bool is_of_signer(const struct sevl_snp_report *report, const struct sevl_snp_key *key)
{
    if (key->kind == SEVL_SNP_VCEK)
        return report->signer == SEVL_SNP_SIGNER_VCEK;
    return key->kind == SEVL_SNP_VLEK && report->signer == SEVL_SNP_SIGNER_VLEK;
}

/* Version 2 does not tell: the layout of the TCB is then that of the key's product. */
static bool is_of_product(const struct sevl_snp_report *report, const struct sevl_snp_key *key)
{
    enum sevl_snp_product product;
    if (!report->has_cpuid)
        return true;
    return sevl_snp_report_product(report, &product) == SEVL_OK && product == key->product;
}

static bool is_of_tcb(const struct sevl_snp_report *report, const struct sevl_snp_key *key)
{
    struct sevl_snp_tcb tcb;
    return sevl_snp_tcb_read(&tcb, key->product, report->reported_tcb) == SEVL_OK &&
           sevl_snp_tcb_equal(&tcb, &key->tcb);
}

/* A cloud provider's key hides the chip: the report has zeros in place of its id. */
static bool is_of_chip(const struct sevl_snp_report *report, const struct sevl_snp_key *key)
{
    uint8_t id[sizeof key->id] = {0};
    if (key->kind == SEVL_SNP_VCEK)
        memcpy(id, key->id, key->id_size);
    return sevl_constant_time_equal(report->chip_id, id, sizeof id);
}

enum sevl_snp_report_fault sevl_snp_report_binding(const struct sevl_snp_report *report,
                                                   const struct sevl_snp_key *key)
{
    if (!is_signed(report))
        return SEVL_SNP_REPORT_UNSIGNED;
    if (!is_of_signer(report, key))
        return SEVL_SNP_REPORT_SIGNER;
    if (!is_of_product(report, key))
        return SEVL_SNP_REPORT_PRODUCT;
    if (!is_of_tcb(report, key))
        return SEVL_SNP_REPORT_TCB;
    if (!is_of_chip(report, key))
        return SEVL_SNP_REPORT_CHIP;
    return SEVL_SNP_REPORT_GOOD;
}

static void copy_reversed(uint8_t *to, const uint8_t *from, size_t size)
{
    for (size_t i = 0; i < size; i++)
        to[i] = from[size - 1 - i];
}

static enum sevl_result verify_hash(const struct sevl_snp_report *report,
                                    const struct sevl_snp_key *key,
                                    const uint8_t hash[SEVL_SHA384_SIZE], struct verifying *work)
{
    const uint8_t *numbers = report->bytes + SIGNATURE;
    const void *const point = key->key;
    copy_reversed(work->signature.r, numbers, SIGNATURE_NUMBER);
    copy_reversed(work->signature.s, numbers + SIGNATURE_FIELD, SIGNATURE_NUMBER);
    return sevl_ecdsa_p384_verify(&work->ecdsa, point, hash, &work->signature);
}

static enum sevl_result verify_signature(const struct sevl_snp_report *report,
                                         const struct sevl_snp_key *key,
                                         struct sevl_snp_report_memory *memory)
{
    void *const work = memory->opaque;
    uint8_t hash[SEVL_SHA384_SIZE];
    enum sevl_result result = sevl_snp_hash(work, report->bytes, SIGNATURE, hash);
    return result == SEVL_OK ? verify_hash(report, key, hash, work) : result;
}

static enum sevl_snp_report_fault fault_of(enum sevl_result verdict)
{
    if (verdict == SEVL_MATCH)
        return SEVL_SNP_REPORT_GOOD;
    return verdict == SEVL_ERROR_ENCODING ? SEVL_SNP_REPORT_KEY : SEVL_SNP_REPORT_SIGNATURE;
}

static enum sevl_result verify_report(const struct sevl_snp_report *report,
                                      const struct sevl_snp_key *key,
                                      enum sevl_snp_report_fault *fault,
                                      struct sevl_snp_report_memory *memory)
{
    *fault = sevl_snp_report_binding(report, key);
    if (*fault != SEVL_SNP_REPORT_GOOD)
        return SEVL_MISMATCH;
    enum sevl_result verdict = verify_signature(report, key, memory);
    *fault = fault_of(verdict);
    return verdict == SEVL_ERROR_ENCODING ? SEVL_MISMATCH : verdict;
}

enum sevl_result sevl_snp_report_verify(struct sevl_snp_report *report,
                                        const struct sevl_snp_key *key,
                                        enum sevl_snp_report_fault *fault,
                                        struct sevl_snp_report_memory *memory)
{
    enum sevl_snp_report_fault found = SEVL_SNP_REPORT_SIGNATURE;
    report->verdict = SEVL_ERROR_STATE;
    report->verdict = verify_report(report, key, &found, memory);
    if (fault != NULL)
        *fault = found;
    return report->verdict;
}
