/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The token's mailbox: a request, which the user writes before the token starts, and
 * the result of results.h, which the token writes. All numbers are little-endian.
 */
#ifndef SEVLAUNCH_TOKEN_H
#define SEVLAUNCH_TOKEN_H

#include <stddef.h>
#include <stdint.h>

#include <sevlaunch/sev/measurement.h>

#define TOKEN_MAGIC UINT32_C(0x50b8599c)

/* What a request measures: firmware in memory, or the firmware that its digest stands for. */
#define TOKEN_FIRMWARE UINT32_C(0x504fbb5a)
#define TOKEN_LAUNCH_DIGEST UINT32_C(0x0658f14e)

struct token_request {
    uint32_t magic;
    uint32_t source;
    uint32_t firmware;                       /* the address of its first byte; for TOKEN_FIRMWARE */
    uint32_t size;                           /* of the firmware; for TOKEN_FIRMWARE */
    uint8_t launch_digest[SEVL_SHA256_SIZE]; /* for TOKEN_LAUNCH_DIGEST */
    uint8_t api_major;
    uint8_t api_minor;
    uint8_t build;
    uint8_t unused;
    uint32_t policy;
    struct sevl_measurement reported;
};

struct token_mailbox {
    struct token_request request;
    uint32_t result;
};

_Static_assert(offsetof(struct token_mailbox, request.launch_digest) == 0x10 &&
                   offsetof(struct token_mailbox, request.api_major) == 0x30 &&
                   offsetof(struct token_mailbox, request.policy) == 0x34 &&
                   offsetof(struct token_mailbox, request.reported) == 0x38 &&
                   offsetof(struct token_mailbox, result) == 0x68,
               "the mailbox is laid out as README.md says");

#endif
