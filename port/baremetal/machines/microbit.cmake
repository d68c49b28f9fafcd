# SPDX-License-Identifier: BSD-2-Clause-Patent
set(MACHINE_SOURCES arm/startup.S arm/guard_painted.c)
set(MACHINE_SEMIHOSTING arm/semihosting.S)
set(MACHINE_INTERRUPTS 32)
set(SEVLAUNCH_BUFFER_SIZE 4096 CACHE STRING "Bytes that files are read in at most")
