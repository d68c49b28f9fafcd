/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sevlaunch/snp/tcb.h"

#include <stddef.h>
#include <string.h>

/* Where a product has its parts: the others are reserved. */
static const struct places {
    uint8_t boot_loader;
    uint8_t snp;
    uint8_t reserved;
    uint8_t reserved_end;
} turin = {1, 3, 4, 7}, others = {0, 6, 2, 6};

enum sevl_result sevl_snp_tcb_read(struct sevl_snp_tcb *tcb, enum sevl_snp_product product,
                                   const uint8_t bytes[SEVL_SNP_TCB_SIZE])
{
    const struct places *places = product == SEVL_SNP_TURIN ? &turin : &others;
    memset(tcb, 0, sizeof *tcb);
    for (size_t i = places->reserved; i < places->reserved_end; i++)
        if (bytes[i] != 0)
            return SEVL_ERROR_ENCODING;
    if (places->boot_loader != 0)
        tcb->fmc = bytes[0];
    tcb->boot_loader = bytes[places->boot_loader];
    tcb->tee = bytes[places->boot_loader + 1];
    tcb->snp = bytes[places->snp];
    tcb->microcode = bytes[7];
    return SEVL_OK;
}

bool sevl_snp_tcb_is_at_least(const struct sevl_snp_tcb *tcb, const struct sevl_snp_tcb *minimum)
{
    return tcb->fmc >= minimum->fmc && tcb->boot_loader >= minimum->boot_loader &&
           tcb->tee >= minimum->tee && tcb->snp >= minimum->snp &&
           tcb->microcode >= minimum->microcode;
}

bool sevl_snp_tcb_equal(const struct sevl_snp_tcb *a, const struct sevl_snp_tcb *b)
{
    return sevl_snp_tcb_is_at_least(a, b) && sevl_snp_tcb_is_at_least(b, a);
}
