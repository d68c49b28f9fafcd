# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# GCC for this machine with musl (Debian's musl-tools): a small static command that
# needs no relocation, no locale and no allocation to start.
include(${CMAKE_CURRENT_LIST_DIR}/need.cmake)
sevlaunch_need(musl-gcc musl-tools)
set(CMAKE_C_COMPILER musl-gcc)
set(CMAKE_C_COMPILER_AR gcc-ar)
set(CMAKE_C_COMPILER_RANLIB gcc-ranlib)
set(CMAKE_C_FLAGS_INIT "-fno-pie -fno-unwind-tables -fno-asynchronous-unwind-tables")
set(CMAKE_EXE_LINKER_FLAGS_INIT "-static -no-pie -Wl,--gc-sections -Wl,-s -Wl,-z,norelro")
set(CMAKE_POSITION_INDEPENDENT_CODE OFF)

# An installed Mbed TLS is for the system's C library.
set(CMAKE_DISABLE_FIND_PACKAGE_MbedTLS ON)
