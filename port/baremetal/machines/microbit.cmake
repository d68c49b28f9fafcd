# SPDX-License-Identifier: BSD-2-Clause-Patent
set(MACHINE_SOURCES arm/startup.S arm/guard_painted.c)
set(MACHINE_SEMIHOSTING arm/semihosting.S)
set(MACHINE_INTERRUPTS 32)
# Two CPU pages and the least that files are read through beside them.
set(SEVLAUNCH_BUFFER_SIZE 8448 CACHE STRING "Bytes that files are read in at most")
