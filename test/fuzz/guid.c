/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A GUID is read if and only if its text has the one valid form, and has the text's value. */
#include <sevlaunch/guid.h>
#include <strings.h>

#include "fuzz.h"

static bool is_guid(const uint8_t *text, size_t size)
{
    static const char form[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    for (size_t i = 0; i < size && i < 36; i++) {
        const char *allowed = form[i] == '-' ? "-" : "0123456789abcdefABCDEF";
        if (text[i] == '\0' || strchr(allowed, text[i]) == NULL)
            return false;
    }
    return size == 36;
}

static void guid_to_text(char text[37], const uint8_t b[16])
{
    (void)snprintf(text, 37, "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x",
                   b[3], b[2], b[1], b[0], b[5], b[4], b[7], b[6], b[8], b[9], b[10], b[11], b[12],
                   b[13], b[14], b[15]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sevl_guid guid;
    char printed[37];
    char *text = copy(data, size);
    enum sevl_result result = sevl_guid_from_text(&guid, text, size);
    guid_to_text(printed, guid.bytes);
    REQUIRE((result == SEVL_OK) == is_guid(data, size));
    if (result == SEVL_OK)
        REQUIRE(strncasecmp(printed, text, size) == 0);
    else
        REQUIRE(is_zero(&guid, sizeof guid));
    free(text);
    return 0;
}
