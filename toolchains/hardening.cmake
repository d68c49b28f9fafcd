# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# How code for an operating system is hardened, where it is position-independent; the small
# static command and the images have their own options. The static core needs nothing but four
# functions of memory, and so has neither a stack protector nor fortified functions.
add_library(sevlaunch_hardening INTERFACE)
add_library(sevlaunch_own_calls INTERFACE) # for libraries, which call what they define
add_library(sevlaunch_hidden INTERFACE) # for what no library shows
if(NOT SEVLAUNCH_PORT STREQUAL posix)
  return()
endif()
if(NOT DEFINED CMAKE_POSITION_INDEPENDENT_CODE)
  set(CMAKE_POSITION_INDEPENDENT_CODE ON) # the libraries can be part of any other
endif()
if(NOT CMAKE_POSITION_INDEPENDENT_CODE)
  return()
endif()

# Without these, position-independent code is larger and slower: it would look up its own
# functions and data, as if another library could replace them. Code for a program serves in a
# library if all that it refers to is hidden; what a sanitizer adds is not.
target_compile_options(sevlaunch_own_calls INTERFACE -fno-semantic-interposition)
if(NOT CMAKE_C_FLAGS MATCHES "-fsanitize")
  target_compile_options(sevlaunch_hidden INTERFACE -fPIE -fvisibility=hidden)
endif()

include(CheckPIESupported)
check_pie_supported(LANGUAGES C)
target_compile_options(sevlaunch_hardening INTERFACE -fstack-protector-strong)
if(NOT CMAKE_C_FLAGS MATCHES "_FORTIFY_SOURCE|-fsanitize") # a packager's; a sanitizer checks more
  # To the preprocessor alone: what asks how sources are compiled may not optimise them.
  target_compile_options(sevlaunch_hardening INTERFACE
      $<$<CONFIG:Release,RelWithDebInfo,MinSizeRel>:-Wp,-U_FORTIFY_SOURCE,-D_FORTIFY_SOURCE=2>)
endif()
target_link_options(sevlaunch_hardening INTERFACE LINKER:-z,relro,-z,now)
