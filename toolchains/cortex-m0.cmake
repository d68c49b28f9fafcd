# SPDX-License-Identifier: BSD-2-Clause-Patent
set(CPU_FLAGS "-mcpu=cortex-m0 -mthumb -DMBEDTLS_SHA256_SMALLER")
include(${CMAKE_CURRENT_LIST_DIR}/gcc-arm-none-eabi.cmake)
