# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# GCC for Arm without an operating system; CPU_FLAGS names the CPU.
include(${CMAKE_CURRENT_LIST_DIR}/need.cmake)
sevlaunch_need(arm-none-eabi-gcc gcc-arm-none-eabi)
set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR arm)
set(CMAKE_C_COMPILER arm-none-eabi-gcc)
set(CMAKE_ASM_COMPILER arm-none-eabi-gcc)
include(${CMAKE_CURRENT_LIST_DIR}/baremetal.cmake)
