# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# Options of GCC for machines whose only C library is port/freestanding/.
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)
set(CMAKE_EXECUTABLE_SUFFIX_C .elf)

set(CMAKE_C_FLAGS_INIT "${CPU_FLAGS} -ffreestanding -fno-unwind-tables -fno-asynchronous-unwind-tables")
set(CMAKE_ASM_FLAGS_INIT "${CPU_FLAGS}")
set(CMAKE_C_STANDARD_INCLUDE_DIRECTORIES ${CMAKE_CURRENT_LIST_DIR}/../port/freestanding)
set(CMAKE_EXE_LINKER_FLAGS_INIT "-nostdlib -static -Wl,--gc-sections -Wl,--fatal-warnings")
set(CMAKE_C_STANDARD_LIBRARIES_INIT -lgcc)

# An installed Mbed TLS is for another machine.
set(CMAKE_DISABLE_FIND_PACKAGE_MbedTLS ON)
