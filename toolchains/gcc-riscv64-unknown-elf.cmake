# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# GCC for RISC-V without an operating system; CPU_FLAGS names the CPU.
include(${CMAKE_CURRENT_LIST_DIR}/need.cmake)
sevlaunch_need(riscv64-unknown-elf-gcc gcc-riscv64-unknown-elf)
set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR riscv)
set(CMAKE_C_COMPILER riscv64-unknown-elf-gcc)
set(CMAKE_ASM_COMPILER riscv64-unknown-elf-gcc)
include(${CMAKE_CURRENT_LIST_DIR}/baremetal.cmake)
