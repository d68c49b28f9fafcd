# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# GCC for Linux on CMAKE_SYSTEM_PROCESSOR. Static, so that programs run without that
# machine's libraries.
include(${CMAKE_CURRENT_LIST_DIR}/need.cmake)
sevlaunch_need(${CMAKE_SYSTEM_PROCESSOR}-linux-gnu-gcc gcc-${CMAKE_SYSTEM_PROCESSOR}-linux-gnu)
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_C_COMPILER ${CMAKE_SYSTEM_PROCESSOR}-linux-gnu-gcc)
set(CMAKE_EXE_LINKER_FLAGS_INIT -static)
set(CMAKE_POSITION_INDEPENDENT_CODE OFF)

# An installed Mbed TLS is for another machine.
set(CMAKE_DISABLE_FIND_PACKAGE_MbedTLS ON)
