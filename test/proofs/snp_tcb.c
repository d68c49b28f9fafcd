/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * TCBs of any bytes and of each product: a part is read from its place, and what is no part is 0;
 * one is at least another one if and only if each of its parts is.
 */
#include "proof.h"

#include <core/snp/tcb.c>

static void prove_read(enum sevl_snp_product product)
{
    uint8_t bytes[SEVL_SNP_TCB_SIZE];
    struct sevl_snp_tcb tcb;
    bool is_turin = product == SEVL_SNP_TURIN;
    bool right = is_turin ? (bytes[4] | bytes[5] | bytes[6]) == 0
                          : (bytes[2] | bytes[3] | bytes[4] | bytes[5]) == 0;

    enum sevl_result result = sevl_snp_tcb_read(&tcb, product, bytes);

    REACHES(result == SEVL_OK && is_turin);
    REACHES(result != SEVL_OK && !is_turin);
    PROVE(result == (right ? SEVL_OK : SEVL_ERROR_ENCODING));
    if (result != SEVL_OK) {
        prove_zero(&tcb, sizeof tcb);
        return;
    }
    PROVE(tcb.fmc == (is_turin ? bytes[0] : 0));
    PROVE(tcb.boot_loader == bytes[is_turin ? 1 : 0]);
    PROVE(tcb.tee == bytes[is_turin ? 2 : 1]);
    PROVE(tcb.snp == bytes[is_turin ? 3 : 6]);
    PROVE(tcb.microcode == bytes[7]);
}

static void prove_order(void)
{
    const struct sevl_snp_tcb a = {nondet_u8(), nondet_u8(), nondet_u8(), nondet_u8(), nondet_u8()};
    const struct sevl_snp_tcb b = {nondet_u8(), nondet_u8(), nondet_u8(), nondet_u8(), nondet_u8()};
    bool no_less = a.fmc >= b.fmc && a.boot_loader >= b.boot_loader && a.tee >= b.tee &&
                   a.snp >= b.snp && a.microcode >= b.microcode;
    bool same = a.fmc == b.fmc && a.boot_loader == b.boot_loader && a.tee == b.tee &&
                a.snp == b.snp && a.microcode == b.microcode;
    REACHES(same);
    REACHES(no_less && !same);
    PROVE(sevl_snp_tcb_is_at_least(&a, &b) == no_less);
    PROVE(sevl_snp_tcb_equal(&a, &b) == same);
}

int main(void)
{
    static const enum sevl_snp_product products[] = {SEVL_SNP_MILAN, SEVL_SNP_GENOA,
                                                     SEVL_SNP_TURIN};
    prove_read(products[any_below(3)]);
    prove_order();
}
