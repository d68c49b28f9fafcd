/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* sevl_guid_equal, for every GUID and every 16 bytes: true if and only if all are equal. */
#include "proof.h"

#include <core/base/guid.c>

int main(void)
{
    struct sevl_guid guid;
    uint8_t bytes[16];
    bool is_equal = true;
    for (size_t i = 0; i < 16; i++)
        is_equal = is_equal && guid.bytes[i] == bytes[i];

    bool result = sevl_guid_equal(&guid, bytes);

    REACHES(result);
    REACHES(!result);
    PROVE(result == is_equal);
}
