# SPDX-License-Identifier: BSD-2-Clause-Patent
set(MACHINE_SOURCES arm/startup.S arm/guard_msplim.c)
set(MACHINE_SEMIHOSTING arm/semihosting.S)
set(MACHINE_INTERRUPTS 124)
