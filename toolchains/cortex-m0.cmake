# SPDX-License-Identifier: BSD-2-Clause-Patent
set(CPU_FLAGS "-mcpu=cortex-m0 -mthumb -DMBEDTLS_SHA256_SMALLER")
set(SEVLAUNCH_BIGNUM mbedtls CACHE STRING "") # in assembly: the CPU multiplies 32 bits by 32 to 32
include(${CMAKE_CURRENT_LIST_DIR}/gcc-arm-none-eabi.cmake)
