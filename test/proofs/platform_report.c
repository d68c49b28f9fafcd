/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sevl_sev_platform_report_read and sevl_sev_platform_report_verify, for any bytes and any key: a
 * report is read if and only if it says that a PEK signed it; it is a match only if it was read,
 * the key is a PEK that was verified, and the signature of its first 52 bytes is that key's. The
 * verdict is kept, and nothing else is ever kept as a match.
 */
#include "proof.h"

#include <core/sev/platform_report.c>

static enum sevl_result signature_result = SEVL_MISMATCH;
static const struct sevl_sev_platform_report *the_report;
static const struct sevl_sev_key *the_key;
static unsigned verifications;

static bool is_zero_between(const uint8_t *bytes, size_t first, size_t end)
{
    uint8_t any = 0;
    for (size_t i = first; i < end; i++)
        any |= bytes[i];
    return any == 0;
}

bool sevl_sev_are_numbers(const uint8_t fields[2 * NUMBER_FIELD])
{
    return is_zero_between(fields, 48, 72) && is_zero_between(fields, 120, 144);
}

enum sevl_result sevl_sev_signature_verify(struct sevl_sev_chain_memory *memory,
                                           const uint8_t key[SEVL_P384_KEY_SIZE],
                                           const uint8_t *bytes, size_t size,
                                           const uint8_t fields[2 * NUMBER_FIELD])
{
    PROVE(__CPROVER_w_ok(memory, sizeof *memory) && key == the_key->key);
    PROVE(bytes == the_report->bytes && size == 52 && fields == bytes + 64);
    PROVE(the_report->verdict == SEVL_ERROR_STATE); /* an old one does not stay */
    verifications++;
    return signature_result;
}

static bool is_report(const uint8_t *b)
{
    return sevl_get32(b + 52) == 0x1002 && sevl_get32(b + 56) == 2 && is_zero_between(b, 60, 64) &&
           is_zero_between(b, 112, 136) && is_zero_between(b, 184, 208);
}

static void prove_verdict(struct sevl_sev_platform_report *report)
{
    static const enum sevl_result results[] = {SEVL_MATCH, SEVL_MISMATCH, SEVL_ERROR_CRYPTO,
                                               SEVL_ERROR_STATE};
    static const enum sevl_sev_certificate_kind kinds[] = {SEVL_SEV_CEK, SEVL_SEV_OCA, SEVL_SEV_PEK,
                                                           SEVL_SEV_PDH};
    struct sevl_sev_chain_memory memory;
    struct sevl_sev_key pek;
    pek.verdict = results[any_below(4)];
    pek.kind = kinds[any_below(4)];
    report->verdict = results[any_below(4)];
    signature_result = results[any_below(3)];
    the_report = report;
    the_key = &pek;
    bool is_verifiable =
        report->bytes != NULL && pek.kind == SEVL_SEV_PEK && pek.verdict == SEVL_MATCH;

    enum sevl_result result = sevl_sev_platform_report_verify(report, &pek, &memory);

    REACHES(result == SEVL_MATCH);
    REACHES(result == SEVL_ERROR_STATE);
    REACHES(result == SEVL_ERROR_STATE && report->bytes == NULL && pek.verdict == SEVL_MATCH);
    PROVE(result == report->verdict && verifications == (is_verifiable ? 1 : 0));
    PROVE(result == (is_verifiable ? signature_result : SEVL_ERROR_STATE));
}

int main(void)
{
    uint8_t bytes[SEVL_SEV_PLATFORM_REPORT_SIZE];
    struct sevl_sev_platform_report report;
    size_t size = nondet_bool() ? sizeof bytes : nondet_size();

    enum sevl_result result =
        sevl_sev_platform_report_read(&report, size == sizeof bytes ? bytes : NULL, size);

    REACHES(result == SEVL_OK);
    if (size != sizeof bytes)
        PROVE(result == SEVL_ERROR_LENGTH);
    else
        PROVE(result == (is_report(bytes) ? SEVL_OK : SEVL_ERROR_ENCODING));
    if (result != SEVL_OK) {
        prove_zero(&report, sizeof report);
        prove_verdict(&report);
        return 0;
    }
    PROVE(report.bytes == bytes && report.mnonce == bytes && report.launch_digest == bytes + 16);
    PROVE(report.policy == sevl_get32(bytes + 48) && report.verdict == SEVL_ERROR_STATE);
    prove_verdict(&report);
}
