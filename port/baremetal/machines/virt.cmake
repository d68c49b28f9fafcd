# SPDX-License-Identifier: BSD-2-Clause-Patent
set(MACHINE_SOURCES riscv/startup.S riscv/guard_pmp.S)
set(MACHINE_SEMIHOSTING riscv/semihosting.S)
