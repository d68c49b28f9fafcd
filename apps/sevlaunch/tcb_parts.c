/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "tcb_parts.h"

const char *const tcb_part_names[TCB_PARTS] = {"fmc", "bl", "tee", "snp", "ucode"};

size_t tcb_parts_list(struct tcb_part parts[TCB_PARTS], const struct sevl_snp_tcb *tcb,
                      bool has_fmc)
{
    const uint8_t values[TCB_PARTS] = {tcb->fmc, tcb->boot_loader, tcb->tee, tcb->snp,
                                       tcb->microcode};
    size_t count = 0;
    for (size_t i = has_fmc ? 0 : 1; i < TCB_PARTS; i++)
        parts[count++] = (struct tcb_part){tcb_part_names[i], values[i]};
    return count;
}
