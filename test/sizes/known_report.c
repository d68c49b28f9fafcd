/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "expected.h"
#include "known.h"
#include "report.h"

struct sevl_bytes known_input(void)
{
    static struct sevl_snp_key key = {.kind = SEVL_SNP_VCEK};
    key.product = amd->product;
    key.validity = (struct sevl_snp_validity){amd->first, amd->last};
    key.tcb = amd->tcb;
    key.id_size = (uint8_t)amd->chip_id_size;
    memcpy(key.key, amd->key, sizeof key.key);
    memcpy(key.id, amd->chip_id, amd->chip_id_size);
    reporting.key = &key;
    reporting.expectations = known_expectations();
    return known_report();
}
