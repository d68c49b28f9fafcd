/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sevl_vmsa_build, for every CPU, reset address and offset, and windows of 1 and
 * 2 bytes: each byte is that of the page, which AMD 24593, QEMU and KVM define.
 * sevl_cpu_signature, for every family up to 270.
 */
#include "proof.h"

/* A register before the window is meant to wrap around; bytes are cut out of numbers. */
#pragma CPROVER check push
#pragma CPROVER check disable "unsigned-overflow"
#pragma CPROVER check disable "conversion"
#include <core/guest/vmsa.c>
#pragma CPROVER check pop

static uint64_t segment(uint64_t selector, uint64_t attributes)
{
    return selector + (attributes << 16) + (UINT64_C(0xffff) << 32);
}

/* The eight bytes at an offset that eight divides. */
static uint64_t expected(const struct sevl_cpu *cpu, uint32_t reset, size_t offset)
{
    bool is_ec2 = cpu->vmm == SEVL_VMM_EC2;
    bool is_krun = cpu->vmm == SEVL_VMM_KRUN;
    bool is_qemu = !is_ec2 && !is_krun && cpu->vmm != SEVL_VMM_GCE;
    bool is_first = reset == 0xfffffff0;
    bool is_init2 = cpu->fpu == SEVL_FPU_INIT2;
    switch (offset) {
    case 0x00:
    case 0x30:
    case 0x40:
    case 0x50:
        return segment(0, 0x93);
    case 0x10:
        return segment(0xf000, is_krun || (is_ec2 && is_first) ? 0x9a : 0x9b);
    case 0x18:
        return reset & 0xffff0000;
    case 0x20:
        return segment(0, is_ec2 || is_krun ? 0x92 : 0x93);
    case 0x60:
    case 0x80:
        return segment(0, 0);
    case 0x70:
        return segment(0, 0x82);
    case 0x90:
        return segment(0, is_ec2 || is_krun ? 0x83 : 0x8b);
    case 0xd0:
        return 0x1000;
    case 0x148:
        return 0x40;
    case 0x158:
        return 0x10;
    case 0x160:
        return 0x400;
    case 0x168:
        return 0xffff0ff0;
    case 0x170:
        return 2;
    case 0x178:
        return reset & 0xffff;
    case 0x1d8:
    case 0x328:
        return is_krun && is_first ? 0x8ff0 : 0;
    case 0x330:
        return is_krun && is_first ? 0x7000 : 0;
    case 0x268:
        return cpu->vmm == SEVL_VMM_GCE ? 0x00070106 : 0x0007040600070406;
    case 0x310:
        if (is_qemu || cpu->has_own_rdx)
            return cpu->signature;
        return is_krun ? 0 : 0x600;
    case 0x3b0:
        return cpu->sev_features;
    case 0x3e8:
        return 1;
    case 0x408:
        return is_init2 ? 0x1f80 : 0;
    case 0x410:
        return is_init2 ? 0x37f : 0;
    }
    return 0;
}

static void read(size_t size)
{
    struct sevl_cpu cpu;
    uint8_t memory[2];
    uint8_t *bytes = ENDING(memory, size);
    size_t offset = any_below(SEVL_VMSA_SIZE - size + 1);
    uint32_t reset = nondet_u32();
    cpu.vmm = (enum sevl_vmm)any_below(SEVL_VMM_KRUN + 1);
    cpu.has_own_rdx = nondet_bool();
    cpu.fpu = nondet_bool() ? SEVL_FPU_LEGACY : SEVL_FPU_INIT2;

    sevl_vmsa_build(&cpu, reset, offset, bytes, size);

    size_t i = any_below(size);
    size_t at = offset + i;
    REACHES(at == 0x3b7 && bytes[i] == 0xab);
    PROVE(bytes[i] == (expected(&cpu, reset, at / 8 * 8) >> at % 8 * 8 & 0xff));
}

static void sign(void)
{
    uint32_t family = any_below(271);
    uint32_t model = any_below(256);
    uint32_t stepping = any_below(16);
    uint32_t signature = sevl_cpu_signature(family, model, stepping);
    REACHES(signature == 0x00a00f11);
    PROVE((signature & 15) == stepping);
    PROVE((signature >> 4 & 15) + (signature >> 12 & 0xf0) == model);
    PROVE((signature >> 8 & 15) + (signature >> 20) == family);
    PROVE((signature >> 8 & 15) == 15 || signature >> 20 == 0);
    PROVE((signature & 0xf000) == 0);
}

int main(void)
{
    if (CASE < 2)
        read(1 + CASE);
    else
        sign();
}
