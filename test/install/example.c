/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Calls README's example, validate.c, on a launch whose answer is known. */
#include "validate.c"

#include <string.h>

/* Without firmware; API 0.24, build 13, policy 3; key and nonce are zeros. */
static const char known[] = "4rNK76YXXGlFB0VJKnpNk+6zxqup/rGLftAr3RTv2bkAAAAAAAAAAAAAAAAAAAAA";

int main(void)
{
    const uint8_t tik[SEVL_TIK_SIZE] = {0};
    const struct sevl_launch launch = {0, 24, 13, 3};
    struct sevl_measurement reported;
    if (sevl_measurement_from_base64(&reported, known, strlen(known)) != SEVL_OK)
        return 3;
    if (validate("", 0, tik, &launch, &reported) != SEVL_MATCH)
        return 1;
    return validate("changed", 7, tik, &launch, &reported) == SEVL_MISMATCH ? 0 : 1;
}
