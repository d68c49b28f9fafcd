/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sevlaunch/snp/tcb.h"

#include <stddef.h>
#include <string.h>

/* Returns the byte and leaves 0 in its place. */
static uint8_t take_part(uint8_t *bytes, size_t at)
{
    uint8_t part = bytes[at];
    bytes[at] = 0;
    return part;
}

static void take_parts(struct sevl_snp_tcb *tcb, enum sevl_snp_product product, uint8_t *bytes)
{
    size_t first = 0;
    if (product == SEVL_SNP_TURIN)
        tcb->fmc = take_part(bytes, first++);
    tcb->boot_loader = take_part(bytes, first);
    tcb->tee = take_part(bytes, first + 1);
    tcb->snp = take_part(bytes, product == SEVL_SNP_TURIN ? 3 : 6);
    tcb->microcode = take_part(bytes, 7);
}

enum sevl_result sevl_snp_tcb_read(struct sevl_snp_tcb *tcb, enum sevl_snp_product product,
                                   const uint8_t bytes[SEVL_SNP_TCB_SIZE])
{
    uint8_t rest[SEVL_SNP_TCB_SIZE];
    uint8_t any = 0;
    *tcb = (struct sevl_snp_tcb){0};
    memcpy(rest, bytes, sizeof rest);
    take_parts(tcb, product, rest);
    for (size_t i = 0; i < sizeof rest; i++)
        any |= rest[i];
    if (any == 0)
        return SEVL_OK;
    *tcb = (struct sevl_snp_tcb){0};
    return SEVL_ERROR_ENCODING;
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
