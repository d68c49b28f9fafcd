/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The reference values of a token for SEV-SNP: what its owner expects, which provision.py
 * writes into its flash. All numbers are little-endian.
 */
#ifndef SEVLAUNCH_TOKEN_REFERENCE_H
#define SEVLAUNCH_TOKEN_REFERENCE_H

#include <stddef.h>

#include <sevlaunch/snp/appraisal.h>

#include "../sevlaunch/key_form.h"
#include "results.h"

#define REFERENCE_MAGIC UINT32_C(0x0521ff44) /* and the form of what follows, the first one */

/* What vouches for the key that signs reports: certificates from a root on, or the key's owner. */
#define REFERENCE_CHAIN UINT32_C(0x70282377)
#define REFERENCE_KEY UINT32_C(0x4144d5e3)

#define REFERENCE_DIGESTS_MAX 8u

/* Bits of `pins`. */
#define REFERENCE_OWN_ROOT 1u
#define REFERENCE_OWN_INTERMEDIATE 2u

/* Bits of `allowed`. */
#define REFERENCE_DEBUG 1u
#define REFERENCE_MIGRATION 2u

struct token_reference {
    uint32_t magic;
    uint32_t trust;    /* REFERENCE_CHAIN or REFERENCE_KEY */
    uint32_t products; /* whose root of AMD's is taken: bit 1 is SEVL_SNP_MILAN */
    uint32_t pins;     /* which of the two fingerprints below are taken */
    uint32_t expected; /* bits of the checks whose value is given below */
    uint32_t allowed;  /* what a policy may have */
    uint32_t vmpl;
    uint32_t digest_count; /* 1 to REFERENCE_DIGESTS_MAX */
    struct sevl_snp_tcb tcb_min;
    struct sevl_snp_firmware_version firmware_min;
    struct sevl_snp_bits policy;
    struct sevl_snp_bits platform;
    uint8_t host_data[32];
    uint8_t id_key_digest[48];
    struct sevl_snp_fingerprint root;
    struct sevl_snp_fingerprint intermediate;
    uint8_t digests[REFERENCE_DIGESTS_MAX][SEVL_SNP_LAUNCH_DIGEST_SIZE];
    uint8_t key[KEY_FORM_SIZE];       /* with REFERENCE_KEY */
    uint8_t sha384[SEVL_SHA384_SIZE]; /* of all before it */
};

_Static_assert(offsetof(struct token_reference, tcb_min) == 0x20 &&
                   offsetof(struct token_reference, firmware_min) == 0x25 &&
                   offsetof(struct token_reference, policy) == 0x28 &&
                   offsetof(struct token_reference, host_data) == 0x48 &&
                   offsetof(struct token_reference, digests) == 0xf8 &&
                   offsetof(struct token_reference, key) == 0x278 &&
                   sizeof(struct token_reference) == 0x368,
               "reference values are laid out as README.md says");

/* From the linker script. The values are not known at compile time. */
extern const struct token_reference reference;

/*
 * Checks the reference values. Returns SEVL_OK; TOKEN_UNPROVISIONED if there are none;
 * TOKEN_DAMAGED if their hash is another one, or a value is none that provision.py writes; or
 * TOKEN_BROKEN if Mbed TLS failed.
 */
uint32_t reference_check(void);

/*
 * Reads the key of REFERENCE_KEY. Returns SEVL_OK, or SEVL_ERROR_ENCODING if it is none: a
 * check of the reference values found that before.
 */
SEVL_CHECK enum sevl_result reference_key(struct sevl_snp_key *key);

/* Sets what is expected of each report. */
void reference_expect(struct sevl_snp_expectations *expectations);

#endif
