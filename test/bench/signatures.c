/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Prints how many verifications a second of CPU time takes, in one process: of ECDSA on P-384,
 * of RSASSA-PSS with 4096 bits, of a report under a known key, and of a chain and a report. All
 * are of the tests' own AMD.
 *
 * usage: signatures [SECONDS]      for each of the four; the default is 1
 *
 * A line each: "ecdsa", "rsa", "report" or "chain", a blank, and the number.
 */
#define _POSIX_C_SOURCE 200809L

#include <sevlaunch/snp/verification.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "amd_rsa.h"
#include "amd_whole.h"
#include "crypto/ecdsa_p384.h"
#include "crypto/rsa_pss.h"

#define SIGNED 0x2a0 /* bytes of a report; its signature follows, each number reversed */
#define NUMBER_FIELD 72

static const struct known_amd *const amd = &amds[0];
static const uint8_t *report_bytes;
static struct sevl_snp_key known_key;

static double now(void)
{
    struct timespec time;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static bool verify_ecdsa(void)
{
    static struct sevl_ecdsa_p384 memory;
    static struct sevl_p384_key key;
    static struct sevl_p384_signature signature;
    static uint8_t hash[SEVL_SHA384_SIZE];
    static bool is_ready = false;
    if (!is_ready) {
        struct sevl_sha384 sha384;
        memcpy(&key, known_key.key, sizeof key);
        for (size_t i = 0; i < SEVL_P384_SIZE; i++) {
            signature.r[i] = report_bytes[SIGNED + SEVL_P384_SIZE - 1 - i];
            signature.s[i] = report_bytes[SIGNED + NUMBER_FIELD + SEVL_P384_SIZE - 1 - i];
        }
        is_ready = sevl_sha384_init(&sha384) == SEVL_OK &&
                   sevl_sha384_update(&sha384, report_bytes, SIGNED) == SEVL_OK &&
                   sevl_sha384_finish(&sha384, hash) == SEVL_OK;
    }
    return sevl_ecdsa_p384_verify(&memory, &key, hash, &signature) == SEVL_MATCH;
}

static bool verify_rsa(void)
{
    static struct sevl_rsa_pss memory;
    const struct sevl_rsa_keys keys = sevl_rsa_4096();
    const struct known_rsa *known = &rsa_answers[0];
    return sevl_rsa_pss_verify(&memory, &keys, known->modulus, known->hash, known->signature) ==
           SEVL_MATCH;
}

static bool verify_report_by(const struct sevl_snp_key *key)
{
    static struct sevl_snp_report_memory memory;
    struct sevl_snp_report report;
    return sevl_snp_report_read(&report, report_bytes, SEVL_SNP_REPORT_SIZE) == SEVL_OK &&
           sevl_snp_report_verify(&report, key, NULL, &memory) == SEVL_MATCH;
}

static bool verify_report(void)
{
    return verify_report_by(&known_key);
}

static bool verify_chain(struct sevl_snp_key *key)
{
    static struct sevl_snp_chain_memory memory;
    struct sevl_snp_certificate certificate;
    struct sevl_snp_authority root, intermediate;
    struct sevl_snp_fingerprint fingerprint;
    const struct sevl_snp_pins pins = {&fingerprint, 1};
    const struct sevl_snp_revocation revocation = {.allows_unpinned = true};
    memcpy(fingerprint.sha384, amd->fingerprint, sizeof fingerprint.sha384);
    return sevl_snp_certificate_read(&certificate, amd->ark.bytes, amd->ark.size) == SEVL_OK &&
           sevl_snp_root_verify(&root, &certificate, &pins, &memory) == SEVL_MATCH &&
           sevl_snp_certificate_read(&certificate, amd->ask.bytes, amd->ask.size) == SEVL_OK &&
           sevl_snp_intermediate_verify(&intermediate, &root, &certificate, &revocation, &memory) ==
               SEVL_MATCH &&
           sevl_snp_certificate_read(&certificate, amd->vcek.bytes, amd->vcek.size) == SEVL_OK &&
           sevl_snp_leaf_verify(key, &intermediate, &certificate, &memory) == SEVL_MATCH;
}

static bool verify_chain_and_report(void)
{
    struct sevl_snp_key key;
    return verify_chain(&key) && verify_report_by(&key);
}

static void measure(const char *name, bool (*verify)(void), double seconds)
{
    double count = 0;
    double start = now();
    while (now() - start < seconds) {
        for (int i = 0; i < 10; i++)
            if (!verify()) {
                (void)fprintf(stderr, "%s: not verified\n", name);
                exit(EXIT_FAILURE);
            }
        count += 10;
    }
    printf("%s %.0f\n", name, count / (now() - start));
}

int main(int argc, char **argv)
{
    double seconds = argc > 1 ? strtod(argv[1], NULL) : 1;
    report_bytes = amd->reports[1]; /* version 3, signed by the chip */
    if (!verify_chain(&known_key))
        return EXIT_FAILURE;
    measure("ecdsa", verify_ecdsa, seconds);
    measure("rsa", verify_rsa, seconds);
    measure("report", verify_report, seconds);
    measure("chain", verify_chain_and_report, seconds);
    return EXIT_SUCCESS;
}
