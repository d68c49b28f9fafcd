# SPDX-License-Identifier: BSD-2-Clause-Patent
set(CPU_FLAGS "-mcpu=cortex-m3 -mthumb")
include(${CMAKE_CURRENT_LIST_DIR}/gcc-arm-none-eabi.cmake)
