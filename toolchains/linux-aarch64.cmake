# SPDX-License-Identifier: BSD-2-Clause-Patent
set(CMAKE_SYSTEM_PROCESSOR aarch64)
include(${CMAKE_CURRENT_LIST_DIR}/gcc-linux-gnu.cmake)
