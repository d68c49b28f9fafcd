# SPDX-License-Identifier: BSD-2-Clause-Patent
set(SEVLAUNCH_EFI_CPU x86_64)
# Interrupts use the stack of the application.
set(SEVLAUNCH_EFI_CPU_FLAGS -mno-red-zone)
include(${CMAKE_CURRENT_LIST_DIR}/clang-efi.cmake)
