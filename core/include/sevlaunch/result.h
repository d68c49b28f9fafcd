/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What the functions of sevlaunch return. See sevlaunch.h for the conventions. */
#ifndef SEVLAUNCH_RESULT_H
#define SEVLAUNCH_RESULT_H

/* A result that the caller must look at. */
#if defined(__GNUC__)
#define SEVL_CHECK __attribute__((warn_unused_result))
#else
#define SEVL_CHECK
#endif

/*
 * Any two of these differ in 12 bits or more, and none is 0, 1 or -1: cleared memory, a
 * skipped store or a flipped bit gives none of them. Compare for equality with the one
 * value that you want; never for "not an error".
 */
enum sevl_result {
    /* The function did all that it says. Not a verdict. */
    SEVL_OK = 0x29735a1c,
    /* The verdict: the reported measurement equals the computed one. */
    SEVL_MATCH = 0x7953a6f2,
    /* The verdict: the two differ. */
    SEVL_MISMATCH = 0x134f069b,
    /*
     * The context was never initialised, is finished, or failed before; or a structure
     * that the caller filled lacks something.
     */
    SEVL_ERROR_STATE = 0x32899387,
    /* The input is not in the encoding that the function takes. */
    SEVL_ERROR_ENCODING = 0x062e3fe8,
    /* The input does not have the length that the function takes. */
    SEVL_ERROR_LENGTH = 0x4497c815,
    /* The input does not hold what was looked for. */
    SEVL_ERROR_ABSENT = 0x08f105c7,
    /* The input is there already. */
    SEVL_ERROR_DUPLICATE = 0x0790eedb,
    /* Mbed TLS reported a failure, of a hardware hash for example. */
    SEVL_ERROR_CRYPTO = 0x4a98cc2e,
    /* A signature is right, but nobody vouches for the key that made it. */
    SEVL_UNTRUSTED = 0x0e7d887b,
    /* A signature is right, but who vouched for its key took that back. */
    SEVL_REVOKED = 0x12a65c32,
    /* The source of random bytes failed, or gave the same bytes again. */
    SEVL_ERROR_RANDOM = 0x453531f6
};

#endif
