/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Verifies the launch in the mailbox. */
#include "token.h"

#include <stdbool.h>
#include <string.h>

#include <sevlaunch/sev/self_test.h>
#include <sevlaunch/sha256.h>

#include "examine.h"

/* From the linker script. The keys are not known at compile time. */
extern const volatile struct token_mailbox mailbox;
extern const uint8_t firmware_start[], firmware_end[];
extern const uint8_t tek[SEVL_TEK_SIZE], tik[SEVL_TIK_SIZE];

_Static_assert(SEVL_TEK_SIZE == SEVL_TIK_SIZE, "is_erased_key() takes either");

enum sevl_result check_token(void)
{
    return sevl_self_test();
}

/* All ones is erased flash; all zeros is cleared flash. */
static bool is_erased_key(const uint8_t key[SEVL_TIK_SIZE])
{
    uint8_t ones = 0;
    uint8_t zeros = 0;
    for (size_t i = 0; i < SEVL_TIK_SIZE; i++) {
        ones |= key[i];
        zeros |= (uint8_t)~key[i];
    }
    return ones == 0 || zeros == 0;
}

static bool is_firmware_allowed(const struct token_request *request)
{
    uint32_t start = (uint32_t)firmware_start;
    uint32_t end = (uint32_t)firmware_end;
    return request->firmware >= start && request->firmware < end && request->size > 0 &&
           request->size <= end - request->firmware;
}

/* Returns SEVL_OK, or the reason why the request is refused. */
static uint32_t check_request(const struct token_request *request)
{
    if (is_erased_key(tik) || is_erased_key(tek))
        return TOKEN_UNPROVISIONED;
    if (request->magic != TOKEN_MAGIC)
        return TOKEN_NO_REQUEST;
    if (request->source == TOKEN_LAUNCH_DIGEST)
        return SEVL_OK;
    if (request->source != TOKEN_FIRMWARE)
        return TOKEN_NO_REQUEST;
    return is_firmware_allowed(request) ? SEVL_OK : (uint32_t)TOKEN_OUT_OF_RANGE;
}

static enum sevl_result compute_launch_digest(const struct token_request *request,
                                              uint8_t launch_digest[SEVL_SHA256_SIZE])
{
    struct sevl_sha256 digest;
    const void *firmware = (const void *)(uintptr_t)request->firmware;
    if (request->source == TOKEN_LAUNCH_DIGEST) {
        memcpy(launch_digest, request->launch_digest, SEVL_SHA256_SIZE);
        return SEVL_OK;
    }
    enum sevl_result result = sevl_sha256_init(&digest);
    if (result == SEVL_OK)
        result = sevl_sha256_update(&digest, firmware, request->size);
    if (result == SEVL_OK)
        result = sevl_sha256_finish(&digest, launch_digest);
    return result;
}

uint32_t examine_request(void)
{
    const struct token_request request = mailbox.request;
    const struct sevl_launch launch = {request.api_major, request.api_minor, request.build,
                                       request.policy};
    uint8_t launch_digest[SEVL_SHA256_SIZE];
    uint32_t checked = check_request(&request);
    if (checked != SEVL_OK)
        return checked;
    if (compute_launch_digest(&request, launch_digest) != SEVL_OK)
        return TOKEN_BROKEN;
    enum sevl_result verdict =
        sevl_measurement_verify(tik, &launch, launch_digest, &request.reported);
    return verdict == SEVL_ERROR_CRYPTO ? (uint32_t)TOKEN_BROKEN : verdict;
}
