/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sevl_snp_report_verify, for any report and any key: it is a match only if the report says that
 * it is of this key, at its TCB, and the signature of its first 672 bytes verified under the key;
 * its verdict is then kept, and nothing else is ever kept as a match.
 */
#include "proof.h"

#include "sha384_model.h"

#include <core/snp/verification.c>

static enum sevl_result signature_result = SEVL_MISMATCH;
static const struct sevl_snp_report *verified;
static const struct sevl_snp_key *under;
static unsigned verifications;

bool sevl_constant_time_equal(const uint8_t *a, const uint8_t *b, size_t size)
{
    PROVE(__CPROVER_r_ok(a, size) && __CPROVER_r_ok(b, size));
    uint8_t difference = 0;
    for (size_t i = 0; i < size; i++)
        difference |= a[i] ^ b[i];
    return difference == 0;
}

static enum sevl_snp_product told = SEVL_SNP_MILAN;
static bool is_told;

enum sevl_result sevl_snp_report_product(const struct sevl_snp_report *report,
                                         enum sevl_snp_product *product)
{
    PROVE(report == verified && report->has_cpuid);
    if (is_told)
        *product = told;
    return is_told ? SEVL_OK : SEVL_ERROR_ABSENT;
}

static struct sevl_snp_tcb reported;
static bool is_tcb;

enum sevl_result sevl_snp_tcb_read(struct sevl_snp_tcb *tcb, enum sevl_snp_product product,
                                   const uint8_t bytes[SEVL_SNP_TCB_SIZE])
{
    PROVE(product == under->product && bytes == verified->reported_tcb);
    *tcb = reported;
    return is_tcb ? SEVL_OK : SEVL_ERROR_ENCODING;
}

static bool same_tcb;

bool sevl_snp_tcb_equal(const struct sevl_snp_tcb *a, const struct sevl_snp_tcb *b)
{
    PROVE(a->snp == reported.snp && b == &under->tcb);
    return same_tcb;
}

enum sevl_result sevl_ecdsa_p384_verify(struct sevl_ecdsa_p384 *memory,
                                        const struct sevl_p384_key *key,
                                        const uint8_t hash[SEVL_SHA384_SIZE],
                                        const struct sevl_p384_signature *signature)
{
    size_t i = any_below(48);
    PROVE(__CPROVER_w_ok(memory, sizeof *memory));
    PROVE(verified->verdict == SEVL_ERROR_STATE); /* an old one does not stay */
    PROVE(is_hash_of(hash, 0x2a0, verified->bytes[place]));
    PROVE(key->x[i] == under->key[i] && key->y[i] == under->key[48 + i]);
    PROVE(signature->r[i] == verified->bytes[0x2a0 + 47 - i]);
    PROVE(signature->s[i] == verified->bytes[0x2a0 + 72 + 47 - i]);
    verifications++;
    return signature_result;
}

static struct sevl_snp_report any_report(const uint8_t *bytes)
{
    struct sevl_snp_report report;
    report.bytes = bytes;
    report.chip_id = bytes + 0x1a0;
    report.reported_tcb = bytes + 0x180;
    report.has_cpuid = nondet_bool();
    report.masks_chip_key = nondet_bool();
    report.signer = (uint8_t)any_below(8);
    report.verdict = nondet_bool() ? SEVL_MATCH : SEVL_ERROR_STATE;
    return report;
}

static bool is_chip(const struct sevl_snp_report *report, const struct sevl_snp_key *key)
{
    for (size_t i = 0; i < 64; i++)
        if (report->chip_id[i] != (key->kind == SEVL_SNP_VCEK && i < key->id_size ? key->id[i] : 0))
            return false;
    return true;
}

static enum sevl_snp_report_fault expected(const struct sevl_snp_report *report,
                                           const struct sevl_snp_key *key)
{
    if (sevl_get32(report->bytes + 0x34) != 1 || report->masks_chip_key || report->signer == 7)
        return SEVL_SNP_REPORT_UNSIGNED;
    if (!(key->kind == SEVL_SNP_VCEK && report->signer == 0) &&
        !(key->kind == SEVL_SNP_VLEK && report->signer == 1))
        return SEVL_SNP_REPORT_SIGNER;
    if (report->has_cpuid && !(is_told && told == key->product))
        return SEVL_SNP_REPORT_PRODUCT;
    if (!is_tcb || !same_tcb)
        return SEVL_SNP_REPORT_TCB;
    return is_chip(report, key) ? SEVL_SNP_REPORT_GOOD : SEVL_SNP_REPORT_CHIP;
}

static void prove_verdict(enum sevl_result result, enum sevl_snp_report_fault fault,
                          enum sevl_snp_report_fault binding)
{
    REACHES(result == SEVL_MATCH);
    REACHES(fault == SEVL_SNP_REPORT_CHIP);
    REACHES(fault == SEVL_SNP_REPORT_KEY);
    REACHES(result == SEVL_ERROR_CRYPTO);
    PROVE((result == SEVL_MATCH) == (fault == SEVL_SNP_REPORT_GOOD));
    if (binding != SEVL_SNP_REPORT_GOOD) {
        PROVE(result == SEVL_MISMATCH && fault == binding && verifications == 0);
        return;
    }
    if (failed) {
        PROVE(result == SEVL_ERROR_CRYPTO && verifications == 0);
        return;
    }
    PROVE(verifications == 1);
    PROVE(result == (signature_result == SEVL_ERROR_ENCODING ? SEVL_MISMATCH : signature_result));
    PROVE((fault == SEVL_SNP_REPORT_KEY) == (signature_result == SEVL_ERROR_ENCODING));
}

int main(void)
{
    static const enum sevl_result results[] = {SEVL_MATCH, SEVL_MISMATCH, SEVL_ERROR_ENCODING};
    static const enum sevl_snp_certificate_kind kinds[] = {SEVL_SNP_ASK, SEVL_SNP_VCEK,
                                                           SEVL_SNP_VLEK};
    static const enum sevl_snp_product products[] = {SEVL_SNP_MILAN, SEVL_SNP_TURIN};
    uint8_t bytes[SEVL_SNP_REPORT_SIZE];
    struct sevl_snp_report report = any_report(bytes);
    struct sevl_snp_key key;
    struct sevl_snp_report_memory memory;
    enum sevl_snp_report_fault fault;
    key.kind = kinds[any_below(3)];
    key.product = products[any_below(2)];
    told = products[any_below(2)];
    key.id_size = nondet_bool() ? 8 : 64;
    is_told = nondet_bool();
    is_tcb = nondet_bool();
    same_tcb = nondet_bool();
    place = any_below(0x2a0);
    signature_result = results[any_below(3)];
    verified = &report;
    under = &key;
    enum sevl_snp_report_fault binding = sevl_snp_report_binding(&report, &key);
    PROVE(binding == expected(&report, &key));
    bool asks = nondet_bool();

    enum sevl_result result = sevl_snp_report_verify(&report, &key, asks ? &fault : NULL, &memory);

    PROVE(report.verdict == result);
    if (asks)
        prove_verdict(result, fault, binding);
    else
        PROVE(result != SEVL_MATCH || binding == SEVL_SNP_REPORT_GOOD);
}
