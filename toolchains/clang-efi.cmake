# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# Builds EFI applications with clang and lld-link; SEVLAUNCH_EFI_CPU names the CPU.
include(${CMAKE_CURRENT_LIST_DIR}/need.cmake)
sevlaunch_need(clang clang)
sevlaunch_need(lld-link lld)
sevlaunch_need(llvm-ar llvm)
set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR ${SEVLAUNCH_EFI_CPU})
set(CMAKE_C_COMPILER clang)
set(CMAKE_C_COMPILER_TARGET ${SEVLAUNCH_EFI_CPU}-unknown-windows)
set(CMAKE_AR llvm-ar CACHE FILEPATH "Archiver that knows COFF")
set(CMAKE_RANLIB llvm-ranlib CACHE FILEPATH "Indexer that knows COFF")
set(CMAKE_EXECUTABLE_SUFFIX_C .efi)
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)

# An installed Mbed TLS is for another machine.
set(CMAKE_DISABLE_FIND_PACKAGE_MbedTLS ON)

# EFI has the calling convention and image format of Windows, not its headers.
string(JOIN " " CMAKE_C_FLAGS_INIT
    -ffreestanding -nostdlibinc -U_WIN32 -U_WIN64 -U_MSC_VER -fno-ms-extensions
    -fgnuc-version=4.2.1 -mno-stack-arg-probe -fno-jump-tables
    ${SEVLAUNCH_EFI_CPU_FLAGS})
set(CMAKE_C_STANDARD_INCLUDE_DIRECTORIES ${CMAKE_CURRENT_LIST_DIR}/../port/freestanding)
string(JOIN " " CMAKE_EXE_LINKER_FLAGS_INIT
    -Qunused-arguments -nostdlib -fuse-ld=lld
    -Wl,-subsystem:efi_application,-entry:efi_main,-opt:ref,-timestamp:0)
