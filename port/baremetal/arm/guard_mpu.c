/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * For ARMv7-M with an MPU: nothing may access a region below the stack, and nothing in RAM
 * may be executed. Others may write there: a return to a wrong address must not run that.
 */
#include "startup.h"

#define REGISTER(address) (*(volatile uint32_t *)(address))
#define MPU_TYPE REGISTER(0xe000ed90)
#define MPU_CTRL REGISTER(0xe000ed94)
#define MPU_RBAR REGISTER(0xe000ed9c)
#define MPU_RASR REGISTER(0xe000eda0)
#define CFSR REGISTER(0xe000ed28)
#define MMFAR REGISTER(0xe000ed34)

#define TYPE_DREGION 0xff00u
#define CTRL_ENABLE 1u
#define CTRL_PRIVDEFENA 4u
#define RBAR_VALID 0x10u
#define RBAR_RAM 0u
#define RBAR_GUARD 1u /* where regions overlap, the higher number decides */
#define RAM 0x20000000u
#define RAM_SIZE_FIELD 28u /* 512 MiB: the architecture's area for RAM on the chip */
#define RASR_ENABLE 1u
#define RASR_XN (1u << 28)
#define RASR_READ_WRITE (3u << 24)
#define RASR_WRITE_BACK (0xbu << 16) /* as without a region */
#define CFSR_MSTKERR (1u << 4)
#define CFSR_MMARVALID (1u << 7)
#define CFSR_STKERR (1u << 12)

bool guard_set(void)
{
    uint32_t size = (uint32_t)(stack_start - guard_start);
    uint32_t size_field = (uint32_t)__builtin_ctz(size) - 1;
    if ((MPU_TYPE & TYPE_DREGION) == 0)
        return false;
    MPU_RBAR = RAM | RBAR_VALID | RBAR_RAM;
    MPU_RASR = RASR_XN | RASR_READ_WRITE | RASR_WRITE_BACK | RAM_SIZE_FIELD << 1 | RASR_ENABLE;
    MPU_RBAR = (uint32_t)guard_start | RBAR_VALID | RBAR_GUARD;
    MPU_RASR = RASR_XN | size_field << 1 | RASR_ENABLE;
    MPU_CTRL = CTRL_PRIVDEFENA | CTRL_ENABLE;
    __asm__ volatile("dsb\n isb" ::: "memory");
    return true;
}

static bool is_in_guard(uint32_t address)
{
    return address >= (uint32_t)guard_start && address < (uint32_t)stack_start;
}

bool guard_is_hit(uintptr_t sp)
{
    uint32_t status = CFSR;
    return sp < (uintptr_t)stack_start || (status & (CFSR_MSTKERR | CFSR_STKERR)) != 0 ||
           ((status & CFSR_MMARVALID) != 0 && is_in_guard(MMFAR));
}
