/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "verify_guess.h"

#include "crypto/constant_time.h"
#include "sevlaunch/wipe.h"

enum sevl_result sevl_measurement_verify_guess(const struct sevl_hmac_pads *tik,
                                               const struct sevl_launch *launch,
                                               const uint8_t launch_digest[SEVL_LAUNCH_DIGEST_SIZE],
                                               const struct sevl_measurement *reported)
{
    uint8_t message[SEVL_MEASUREMENT_MESSAGE_SIZE];
    uint8_t computed[SEVL_MEASURE_SIZE];
    sevl_measurement_message(launch, launch_digest, reported->mnonce, message);
    enum sevl_result result = sevl_hmac_prepared(tik, message, sizeof message, computed);
    if (result == SEVL_OK) {
        bool equal = sevl_constant_time_equal(computed, reported->measure, sizeof computed);
        result = equal ? SEVL_MATCH : SEVL_MISMATCH;
    }
    sevl_wipe(computed, sizeof computed);
    return result;
}
