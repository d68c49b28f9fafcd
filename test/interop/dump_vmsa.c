/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Writes a page for each line of the input:
 *   FAMILY MODEL STEPPING VMM FPU SEV_FEATURES RESET_ADDRESS
 * VMM: 0 QEMU, 1 EC2, 2 GCE, 3 libkrun; FPU: 0 legacy, 1 INIT2.
 */
#include <inttypes.h>
#include <sevlaunch/guest/cpu_types.h>
#include <sevlaunch/guest/vmsa.h>
#include <stdio.h>

static const enum sevl_vmm vmms[] = {SEVL_VMM_QEMU, SEVL_VMM_EC2, SEVL_VMM_GCE, SEVL_VMM_KRUN};
static const enum sevl_fpu fpus[] = {SEVL_FPU_LEGACY, SEVL_FPU_INIT2};

int main(void)
{
    uint32_t family, model, stepping, reset_address;
    unsigned vmm, fpu;
    uint64_t features;
    while (scanf("%" SCNu32 "%" SCNu32 "%" SCNu32 "%u%u%" SCNu64 "%" SCNu32, &family, &model,
                 &stepping, &vmm, &fpu, &features, &reset_address) == 7) {
        uint8_t page[SEVL_VMSA_SIZE];
        if (vmm > 3 || fpu > 1)
            return 1;
        const struct sevl_cpu cpu = {sevl_cpu_signature(family, model, stepping), vmms[vmm],
                                     fpus[fpu], features, false};
        sevl_vmsa_build(&cpu, reset_address, 0, page, sizeof page);
        if (fwrite(page, 1, sizeof page, stdout) != sizeof page)
            return 1;
    }
    return feof(stdin) ? 0 : 1;
}
