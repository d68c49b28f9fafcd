# SPDX-License-Identifier: BSD-2-Clause-Patent
set(CPU_FLAGS "-mcpu=cortex-m33 -mthumb -mfloat-abi=soft")
include(${CMAKE_CURRENT_LIST_DIR}/gcc-arm-none-eabi.cmake)
