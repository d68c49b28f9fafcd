# SPDX-License-Identifier: BSD-2-Clause-Patent
set(SEVLAUNCH_EFI_CPU x86_64)
# No red zone: interrupts use the application's stack.
set(SEVLAUNCH_EFI_CPU_FLAGS -mno-red-zone)
include(${CMAKE_CURRENT_LIST_DIR}/clang-efi.cmake)
