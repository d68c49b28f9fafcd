# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# What every test build needs, by its package in Debian; packages.txt has what some tests need
# besides.
macro(sevlaunch_need_for_tests is_found what package)
  if(NOT ${is_found})
    message(FATAL_ERROR "Tests need ${what}; Debian has it in the package ${package}. "
        "Without tests, configure with -DBUILD_TESTING=OFF")
  endif()
endmacro()

find_package(Python3 3.9 COMPONENTS Interpreter)
sevlaunch_need_for_tests(Python3_FOUND "Python 3.9" python3)
if(CMAKE_CROSSCOMPILING)
  return()
endif()

find_package(PkgConfig)
sevlaunch_need_for_tests(PKG_CONFIG_FOUND pkg-config pkg-config)
pkg_check_modules(CMOCKA IMPORTED_TARGET cmocka)
sevlaunch_need_for_tests(CMOCKA_FOUND cmocka libcmocka-dev)
find_package(OpenSSL COMPONENTS Crypto)
sevlaunch_need_for_tests(OPENSSL_FOUND "libcrypto of OpenSSL" libssl-dev)
find_program(SEVLAUNCH_CXX NAMES g++ c++ clang++ DOC "Compiler of users in C++")
sevlaunch_need_for_tests(SEVLAUNCH_CXX "a compiler of C++" g++)

find_program(SEVLAUNCH_DPKG dpkg-query DOC "Tells which packages are installed")
if(SEVLAUNCH_DPKG)
  file(STRINGS packages.txt packages REGEX "^[^#]")
  list(TRANSFORM packages REPLACE "\t.*" "")
  execute_process(
      COMMAND ${PROJECT_SOURCE_DIR}/toolchains/deps/debian-packages.sh --missing ${packages}
      OUTPUT_VARIABLE missing OUTPUT_STRIP_TRAILING_WHITESPACE)
  if(missing)
    message(STATUS "Some tests need packages that are missing:${missing}; see test/packages.txt")
  endif()
endif()
