# SPDX-License-Identifier: BSD-2-Clause-Patent
set(CPU_FLAGS "-march=rv32imac -mabi=ilp32 -mcmodel=medany")
include(${CMAKE_CURRENT_LIST_DIR}/gcc-riscv64-unknown-elf.cmake)
