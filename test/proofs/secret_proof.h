/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* core/sev/secret.c, and the start of its tables. */
#ifndef SEVLAUNCH_SECRET_PROOF_H
#define SEVLAUNCH_SECRET_PROOF_H

#include "sha256_model.h"

#include <core/base/guid_bytes.h>
#include <sevlaunch/sev/secret.h>

/* The initialisers of static GUIDs truncate on purpose. */
#pragma CPROVER check push
#pragma CPROVER check disable "conversion"
#include <core/sev/secret.c>
#pragma CPROVER check pop

/* 1e74f542-71dd-4d66-963e-ef4287ff173b, as EFI stores it. */
static bool starts_with_table_guid(const uint8_t *buffer, size_t at)
{
    static const uint8_t guid[16] = {0x42, 0xf5, 0x74, 0x1e, 0xdd, 0x71, 0x66, 0x4d,
                                     0x96, 0x3e, 0xef, 0x42, 0x87, 0xff, 0x17, 0x3b};
    return buffer[at] == guid[at];
}

#endif
