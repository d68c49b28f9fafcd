/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sevlaunch/base64.h"

#include <mbedtls/base64.h>

enum sevl_result sevl_base64_decode(const char *text, size_t length, uint8_t *bytes, size_t size)
{
    size_t decoded = 0;
    int error = mbedtls_base64_decode(bytes, size, &decoded, (const unsigned char *)text, length);
    if (error == MBEDTLS_ERR_BASE64_INVALID_CHARACTER)
        return SEVL_ERROR_ENCODING;
    if (error != 0 || decoded != size)
        return SEVL_ERROR_LENGTH;
    return SEVL_OK;
}

enum sevl_result sevl_base64_encode(const uint8_t *bytes, size_t size, char *text, size_t capacity)
{
    size_t length = 0;
    if (capacity == 0)
        return SEVL_ERROR_LENGTH;
    text[0] = '\0'; /* Mbed TLS writes nothing for nothing */
    int error = mbedtls_base64_encode((unsigned char *)text, capacity, &length, bytes, size);
    return error == 0 ? SEVL_OK : SEVL_ERROR_LENGTH;
}
