/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A measurement is read if and only if its text is 64 characters of base64 and blanks. */
#include <sevlaunch/base64.h>
#include <sevlaunch/sev/measurement.h>

#include "fuzz.h"

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* Returns the characters without blanks, and a NUL. Sets `is_base64` if all are base64's. */
static char *strip(const uint8_t *data, size_t size, bool *is_base64)
{
    char *text = copy_text(data, size);
    size_t used = 0;
    *is_base64 = true;
    for (size_t i = 0; i < size; i++) {
        if (data[i] == '\0' || strchr(" \t\r\n", data[i]) == NULL)
            text[used++] = (char)data[i];
        if (data[i] == '\0' || strchr(" \t\r\n", data[i]) == NULL)
            *is_base64 = *is_base64 && data[i] != '\0' && strchr(alphabet, data[i]) != NULL;
    }
    text[used] = '\0';
    return text;
}

static void check_same(const struct sevl_measurement *measurement, const char *stripped)
{
    char text[SEVL_BASE64_SIZE(sizeof *measurement)];
    REQUIRE(sevl_base64_encode((const uint8_t *)measurement, sizeof *measurement, text,
                               sizeof text) == SEVL_OK);
    REQUIRE(strcmp(text, stripped) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sevl_measurement measurement;
    bool is_base64;
    char *stripped = strip(data, size, &is_base64);
    char *text = copy(data, size);
    enum sevl_result result = sevl_measurement_from_base64(&measurement, text, size);
    REQUIRE((result == SEVL_OK) == (is_base64 && strlen(stripped) == 64));
    if (result == SEVL_OK)
        check_same(&measurement, stripped);
    else
        REQUIRE(is_zero(&measurement, sizeof measurement));
    free(text);
    free(stripped);
    return 0;
}
