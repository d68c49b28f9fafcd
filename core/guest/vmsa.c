/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sevlaunch/guest/vmsa.h"

#include <string.h>

/* Offsets in the page. Each value has eight bytes; a segment has two of them. */
#define ES 0x000
#define CS 0x010
#define SS 0x020
#define DS 0x030
#define FS 0x040
#define GS 0x050
#define GDTR 0x060
#define LDTR 0x070
#define IDTR 0x080
#define TR 0x090
#define EFER 0x0d0
#define CR4 0x148
#define CR0 0x158
#define DR7 0x160
#define DR6 0x168
#define RFLAGS 0x170
#define RIP 0x178
#define RSP 0x1d8
#define G_PAT 0x268
#define RDX 0x310
#define RBP 0x328
#define RSI 0x330
#define SEV_FEATURES 0x3b0
#define XCR0 0x3e8
#define MXCSR 0x408
#define FCW 0x410
#define SAVE_AREA_SIZE 0x670

/* The first half of a segment, selector, attributes and limit; then its base. */
#define SEGMENT(selector, attributes) \
    ((uint64_t)(selector) | (uint64_t)(attributes) << 16 | UINT64_C(0xffff) << 32)
#define SEGMENT_BASE 8

/* What EC2 and GCE start every CPU's RDX with. */
#define CLOUD_RDX 0x600

/* Where libkrun keeps CPU 0's stack, and the kernel's boot parameters. */
#define KRUN_STACK 0x8ff0
#define KRUN_BOOT_PARAMETERS 0x7000

/* What is the same in every CPU. */
static const struct field {
    uint16_t offset;
    uint64_t value;
} fields[] = {
    {ES, SEGMENT(0, 0x93)},
    {DS, SEGMENT(0, 0x93)},
    {FS, SEGMENT(0, 0x93)},
    {GS, SEGMENT(0, 0x93)},
    {GDTR, SEGMENT(0, 0)},
    {IDTR, SEGMENT(0, 0)},
    {LDTR, SEGMENT(0, 0x82)},
    {EFER, 0x1000},
    {CR4, 0x40},
    {CR0, 0x10},
    {DR7, 0x400},
    {DR6, 0xffff0ff0},
    {RFLAGS, 2},
    {XCR0, 1},
};

/* The part of the page that is written. */
struct window {
    uint8_t *bytes;
    size_t offset;
    size_t size;
};

static void put_field(const struct window *window, size_t offset, uint64_t value)
{
    for (size_t i = 0; i < 8; i++) {
        size_t at =
            offset + i - window->offset; /* before the window: wraps round, so far after it */
        if (at < window->size)
            window->bytes[at] = (uint8_t)(value >> 8 * i);
    }
}

static void put_start(const struct window *window, uint32_t reset_address)
{
    put_field(window, CS + SEGMENT_BASE, reset_address & 0xffff0000);
    put_field(window, RIP, reset_address & 0xffff);
}

static void put_qemu(const struct window *window, const struct sevl_cpu *cpu)
{
    put_field(window, CS, SEGMENT(0xf000, 0x9b));
    put_field(window, SS, SEGMENT(0, 0x93));
    put_field(window, TR, SEGMENT(0, 0x8b));
    put_field(window, G_PAT, UINT64_C(0x0007040600070406));
    put_field(window, RDX, cpu->signature);
}

static void put_own_rdx(const struct window *window, const struct sevl_cpu *cpu, uint32_t usual)
{
    put_field(window, RDX, cpu->has_own_rdx ? cpu->signature : usual);
}

static void put_ec2(const struct window *window, const struct sevl_cpu *cpu, uint32_t reset_address)
{
    put_field(window, CS, SEGMENT(0xf000, reset_address == SEVL_RESET_ADDRESS_CPU0 ? 0x9a : 0x9b));
    put_field(window, SS, SEGMENT(0, 0x92));
    put_field(window, TR, SEGMENT(0, 0x83));
    put_field(window, G_PAT, UINT64_C(0x0007040600070406));
    put_own_rdx(window, cpu, CLOUD_RDX);
}

static void put_gce(const struct window *window, const struct sevl_cpu *cpu)
{
    put_field(window, CS, SEGMENT(0xf000, 0x9b));
    put_field(window, SS, SEGMENT(0, 0x93));
    put_field(window, TR, SEGMENT(0, 0x8b));
    put_field(window, G_PAT, 0x00070106);
    put_own_rdx(window, cpu, CLOUD_RDX);
}

static void put_krun(const struct window *window, const struct sevl_cpu *cpu,
                     uint32_t reset_address)
{
    put_field(window, CS, SEGMENT(0xf000, 0x9a));
    put_field(window, SS, SEGMENT(0, 0x92));
    put_field(window, TR, SEGMENT(0, 0x83));
    put_field(window, G_PAT, UINT64_C(0x0007040600070406));
    put_own_rdx(window, cpu, 0);
    if (reset_address != SEVL_RESET_ADDRESS_CPU0)
        return;
    put_field(window, RSP, KRUN_STACK);
    put_field(window, RBP, KRUN_STACK);
    put_field(window, RSI, KRUN_BOOT_PARAMETERS);
}

/* The reset value of mxcsr. */
#define MXCSR_INIT2 0x1f80

static void put_fpu(const struct window *window, enum sevl_fpu fpu)
{
    if (fpu != SEVL_FPU_INIT2)
        return;
    put_field(window, MXCSR, MXCSR_INIT2);
    put_field(window, FCW, 0x37f);
}

/* What differs between launchers. */
static void put_dialect(const struct window *window, const struct sevl_cpu *cpu,
                        uint32_t reset_address)
{
    switch (cpu->vmm) {
    case SEVL_VMM_EC2:
        put_ec2(window, cpu, reset_address);
        break;
    case SEVL_VMM_GCE:
        put_gce(window, cpu);
        break;
    case SEVL_VMM_KRUN:
        put_krun(window, cpu, reset_address);
        break;
    default:
        put_qemu(window, cpu);
        break;
    }
}

void sevl_vmsa_build(const struct sevl_cpu *cpu, uint32_t reset_address, size_t offset,
                     uint8_t *bytes, size_t size)
{
    const struct window window = {bytes, offset, size};
    memset(bytes, 0, size);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        put_field(&window, fields[i].offset, fields[i].value);
    put_start(&window, reset_address);
    put_field(&window, SEV_FEATURES, cpu->sev_features);
    put_fpu(&window, cpu->fpu);
    put_dialect(&window, cpu, reset_address);
}

static uint64_t get_field(const uint8_t *page, size_t offset)
{
    uint64_t value = 0;
    for (size_t i = 8; i-- > 0;)
        value = value << 8 | page[offset + i];
    return value;
}

#define CS_PRESENT (UINT64_C(0x80) << 16)

/* SVME in EFER, the bit of RFLAGS that is always 1, and "present" of the code segment. */
static bool is_page_of_cpu(const uint8_t *page)
{
    if ((get_field(page, EFER) & 0x1000) == 0 || (get_field(page, RFLAGS) & 2) == 0 ||
        (get_field(page, CS) & CS_PRESENT) == 0)
        return false;
    for (size_t i = SAVE_AREA_SIZE; i < SEVL_VMSA_SIZE; i++)
        if (page[i] != 0)
            return false;
    return true;
}

static bool is_page_built_of(const uint8_t *page, const struct sevl_cpu *cpu,
                             uint32_t reset_address)
{
    uint8_t built[64];
    for (size_t at = 0; at < SEVL_VMSA_SIZE; at += sizeof built) {
        sevl_vmsa_build(cpu, reset_address, at, built, sizeof built);
        for (size_t i = 0; i < sizeof built; i++)
            if (built[i] != page[at + i])
                return false;
    }
    return true;
}

enum sevl_result sevl_vmsa_read(const uint8_t page[SEVL_VMSA_SIZE], struct sevl_cpu *cpu,
                                uint32_t *reset_address)
{
    static const enum sevl_vmm vmms[] = {SEVL_VMM_QEMU, SEVL_VMM_EC2, SEVL_VMM_GCE, SEVL_VMM_KRUN};
    *cpu = (struct sevl_cpu){.has_own_rdx = false};
    *reset_address = 0;
    if (!is_page_of_cpu(page))
        return SEVL_ERROR_ENCODING;
    *reset_address = (uint32_t)(get_field(page, CS + SEGMENT_BASE) + get_field(page, RIP));
    cpu->signature = (uint32_t)get_field(page, RDX);
    cpu->has_own_rdx = true;
    cpu->sev_features = get_field(page, SEV_FEATURES);
    if ((uint32_t)get_field(page, MXCSR) == MXCSR_INIT2)
        cpu->fpu = SEVL_FPU_INIT2;
    for (size_t i = 0; i < sizeof vmms / sizeof *vmms; i++) {
        cpu->vmm = vmms[i];
        if (is_page_built_of(page, cpu, *reset_address))
            return SEVL_OK;
    }
    return SEVL_ERROR_ABSENT;
}
