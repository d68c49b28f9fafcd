/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The launch measurement, as the secure processor reports it and as the guest owner
 * computes it (AMD 55766, section 6.5, LAUNCH_MEASURE):
 *
 *   MEASURE = HMAC-SHA256(TIK, 0x04 || API_MAJOR || API_MINOR || BUILD ||
 *                              POLICY || LD || MNONCE)
 *
 * See sevlaunch.h for the conventions.
 */
#ifndef SEVLAUNCH_MEASUREMENT_H
#define SEVLAUNCH_MEASUREMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../result.h"
#include "launch_digest.h"

#ifdef __cplusplus
extern "C" {
#endif

#define SEVL_TIK_SIZE 16
#define SEVL_TEK_SIZE 16
#define SEVL_MEASURE_SIZE 32
#define SEVL_MNONCE_SIZE 16
#define SEVL_MEASUREMENT_MESSAGE_SIZE 56

/*
 * A measurement as the host hands it on: these 48 bytes in this order, without padding,
 * so that a raw blob can be copied into it.
 */
struct sevl_measurement {
    uint8_t measure[SEVL_MEASURE_SIZE];
    uint8_t mnonce[SEVL_MNONCE_SIZE];
};

/*
 * The platform and the policy that a guest was launched with. Every value is taken: each bit
 * is a part of the message, also where AMD reserves it.
 */
struct sevl_launch {
    uint8_t api_major; /* of the SEV firmware's API */
    uint8_t api_minor;
    uint8_t build;   /* of the SEV firmware */
    uint32_t policy; /* the guest policy (AMD 55766, table 2): bit 0 NODBG, bit 2 ES */
};

/* The bit of a policy without which the host may debug the guest, and one that makes it SEV-ES. */
#define SEVL_POLICY_NODBG UINT32_C(0x1)
#define SEVL_POLICY_ES UINT32_C(0x4)

/*
 * The bit that is 1 in every policy of SEV-SNP (AMD 56860, table 9). In one of SEV it asks for
 * major version 2 or 3 of the API, which there is not.
 */
#define SEVL_POLICY_SNP UINT32_C(0x20000)

static inline bool sevl_policy_is_es(uint32_t policy)
{
    return (policy & SEVL_POLICY_ES) != 0;
}

static inline bool sevl_policy_is_snp(uint32_t policy)
{
    return (policy & SEVL_POLICY_SNP) != 0;
}

/* Of a policy of SEV or SEV-ES: that of SEV-SNP has another bit for it. */
static inline bool sevl_policy_allows_debugging(uint32_t policy)
{
    return (policy & (SEVL_POLICY_NODBG | SEVL_POLICY_SNP)) == 0;
}

/*
 * What the host's side says of a launch (RFC 9334: evidence). Nothing of it need be
 * believed: the measurement authenticates the rest.
 */
struct sevl_evidence {
    struct sevl_launch launch;
    struct sevl_measurement measurement;
};

/*
 * Reads a measurement from base64 text (RFC 4648, section 4) of `length` characters, which
 * needs no NUL at its end. Blanks, tabs, carriage returns and newlines are skipped
 * wherever they stand, for mail programs insert them.
 *
 * Returns SEVL_OK; SEVL_ERROR_ENCODING if another character is not of the base64
 * alphabet; or SEVL_ERROR_LENGTH if the text does not hold exactly 48 bytes.
 */
SEVL_CHECK enum sevl_result sevl_measurement_from_base64(struct sevl_measurement *measurement,
                                                         const char *text, size_t length);

/* Writes the message that the secure processor authenticates. */
void sevl_measurement_message(const struct sevl_launch *launch,
                              const uint8_t launch_digest[SEVL_LAUNCH_DIGEST_SIZE],
                              const uint8_t mnonce[SEVL_MNONCE_SIZE],
                              uint8_t message[SEVL_MEASUREMENT_MESSAGE_SIZE]);

/*
 * Computes the MEASURE of a message, for tools that show it. To accept or refuse a launch
 * use sevl_measurement_verify(): it compares in constant time.
 * Returns SEVL_OK, or SEVL_ERROR_CRYPTO if Mbed TLS failed.
 */
SEVL_CHECK enum sevl_result
sevl_measurement_compute(const uint8_t tik[SEVL_TIK_SIZE],
                         const uint8_t message[SEVL_MEASUREMENT_MESSAGE_SIZE],
                         uint8_t measure[SEVL_MEASURE_SIZE]);

/*
 * The verdict on a launch: computes its MEASURE with the guest owner's TIK and the
 * reported nonce, and compares it with the reported one. `launch_digest` comes from
 * sevl_sev_launch_digest(), or from whoever the owner trusts to name it.
 *
 * Returns SEVL_MATCH if all 32 bytes are equal; SEVL_MISMATCH if they are not; or
 * SEVL_ERROR_CRYPTO if that could not be found out: Mbed TLS failed, or a second
 * computation came to another verdict than the first. The time it takes depends on
 * neither value. Only SEVL_MATCH says that the guest may be trusted.
 */
SEVL_CHECK enum sevl_result
sevl_measurement_verify(const uint8_t tik[SEVL_TIK_SIZE], const struct sevl_launch *launch,
                        const uint8_t launch_digest[SEVL_LAUNCH_DIGEST_SIZE],
                        const struct sevl_measurement *reported);

#ifdef __cplusplus
}
#endif

#endif
