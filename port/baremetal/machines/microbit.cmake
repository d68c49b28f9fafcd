# SPDX-License-Identifier: BSD-2-Clause-Patent
set(MACHINE_SOURCES arm/startup.S arm/guard_painted.c)
set(MACHINE_SEMIHOSTING arm/semihosting.S)
set(MACHINE_INTERRUPTS 32)
# Two CPU states of 4096 bytes, and the minimum to read files through.
set(SEVLAUNCH_BUFFER_SIZE 8448 CACHE STRING "Size of the buffer that files are read into")
