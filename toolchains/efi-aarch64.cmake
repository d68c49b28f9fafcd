# SPDX-License-Identifier: BSD-2-Clause-Patent
set(SEVLAUNCH_EFI_CPU aarch64)
include(${CMAKE_CURRENT_LIST_DIR}/clang-efi.cmake)
