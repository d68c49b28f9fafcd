# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# Mbed TLS 3.6 LTS as the target sevlaunch::mbedtls, from the first of
#   1. a source tree that the user names: -DSEVLAUNCH_MBEDTLS_SOURCE=DIR
#   2. an installed one: find_package(MbedTLS 3.6 CONFIG), if it is not too old
#   3. one that fetch.sh downloads, unless SEVLAUNCH_DOWNLOAD is off
# Of a source tree, only the files that core/crypto/mbedtls_config.h needs are built;
# port/cpu adds AES, SHA-256, SHA-384 and SHA-512.

set(SEVLAUNCH_MBEDTLS_SOURCE "" CACHE PATH "Source tree of Mbed TLS 3.6 to build with")
sevlaunch_read_pin(mbedtls SEVLAUNCH_MBEDTLS_MINIMUM)

# Of a source tree, whatever its release; 2.28 and earlier tell it in another header.
function(sevlaunch_read_mbedtls_version tree result)
  foreach(header version.h build_info.h)
    set(file ${tree}/include/mbedtls/${header})
    if(EXISTS ${file} AND NOT line)
      file(STRINGS ${file} line REGEX "define MBEDTLS_VERSION_STRING ")
    endif()
  endforeach()
  if(NOT line OR NOT EXISTS ${tree}/library/sha256.c)
    message(FATAL_ERROR "SEVLAUNCH_MBEDTLS_SOURCE is to be a source tree of Mbed TLS 3.6, a "
        "folder with include/mbedtls/build_info.h and library/sha256.c: '${tree}' is none")
  endif()
  string(REGEX REPLACE ".*\"(.*)\".*" "\\1" version "${line}")
  set(${result} ${version} PARENT_SCOPE)
endfunction()

function(sevlaunch_build_mbedtls tree)
  sevlaunch_read_mbedtls_version(${tree} version)
  if(version VERSION_LESS SEVLAUNCH_MBEDTLS_MINIMUM_VERSION OR NOT version MATCHES "^3\\.6\\.")
    message(FATAL_ERROR "sevlaunch needs Mbed TLS 3.6, ${SEVLAUNCH_MBEDTLS_MINIMUM_VERSION} "
                        "or later: ${tree} holds '${version}'")
  endif()
  message(STATUS "Mbed TLS ${version}: ${tree}")
  add_library(sevlaunch_mbedtls STATIC
      ${tree}/library/base64.c ${tree}/library/constant_time.c ${tree}/library/platform_util.c)
  target_include_directories(sevlaunch_mbedtls SYSTEM PUBLIC
      $<BUILD_INTERFACE:${tree}/include>)
  target_compile_definitions(sevlaunch_mbedtls PUBLIC
      $<BUILD_INTERFACE:MBEDTLS_CONFIG_FILE="${PROJECT_SOURCE_DIR}/core/crypto/mbedtls_config.h">)
  target_compile_options(sevlaunch_mbedtls PRIVATE -ffunction-sections -fdata-sections)
  target_link_libraries(sevlaunch_mbedtls PRIVATE $<BUILD_INTERFACE:sevlaunch_hidden>)
  set_target_properties(sevlaunch_mbedtls PROPERTIES EXPORT_NAME mbedtls)
  add_library(sevlaunch::mbedtls ALIAS sevlaunch_mbedtls)
  set(SEVLAUNCH_MBEDTLS_VERSION ${version} PARENT_SCOPE)
endfunction()

# Who multiplies large numbers: see port/cpu/README.md.
set(SEVLAUNCH_BIGNUM fast CACHE STRING
    "Large numbers: fast, or mbedtls for its multiplication, in assembly for many CPUs")
if(NOT SEVLAUNCH_BIGNUM MATCHES "^(fast|mbedtls)$")
  message(FATAL_ERROR "SEVLAUNCH_BIGNUM is fast or mbedtls, not '${SEVLAUNCH_BIGNUM}'")
endif()
if(SEVLAUNCH_BIGNUM STREQUAL "fast" AND CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|aarch64)$")
  set(SEVLAUNCH_BIGNUM_SOURCES ecdsa_windows.c montgomery_columns.c p384_steps.c)
  list(TRANSFORM SEVLAUNCH_BIGNUM_SOURCES PREPEND ${PROJECT_SOURCE_DIR}/port/cpu/bignum/)
endif()

if(NOT SEVLAUNCH_MBEDTLS_SOURCE)
  find_package(MbedTLS ${SEVLAUNCH_MBEDTLS_MINIMUM_VERSION}...<3.7 CONFIG QUIET)
  if(MbedTLS_CONSIDERED_VERSIONS AND NOT MbedTLS_FOUND)
    message(STATUS "The installed Mbed TLS ${MbedTLS_CONSIDERED_VERSIONS} is not used: "
        "sevlaunch needs 3.6, ${SEVLAUNCH_MBEDTLS_MINIMUM_VERSION} or later")
  endif()
endif()
if(MbedTLS_FOUND AND SEVLAUNCH_BIGNUM STREQUAL "mbedtls")
  message(FATAL_ERROR "SEVLAUNCH_BIGNUM=mbedtls needs a header that no installed Mbed TLS has: "
      "pass -DSEVLAUNCH_MBEDTLS_SOURCE=DIR, a source tree, or -DSEVLAUNCH_BIGNUM=fast")
endif()
if(MbedTLS_FOUND)
  message(STATUS "Mbed TLS ${MbedTLS_VERSION}: ${MbedTLS_DIR}")
  set(SEVLAUNCH_MBEDTLS_VERSION ${MbedTLS_VERSION})
  add_library(sevlaunch::mbedtls ALIAS MbedTLS::mbedcrypto)
else()
  set(SEVLAUNCH_MBEDTLS_TREE ${SEVLAUNCH_MBEDTLS_SOURCE})
  if(NOT SEVLAUNCH_MBEDTLS_TREE)
    sevlaunch_fetch(mbedtls SEVLAUNCH_MBEDTLS_TREE)
  endif()
  sevlaunch_build_mbedtls(${SEVLAUNCH_MBEDTLS_TREE})
endif()

# Who hashes pages: core/, or port/cpu several at a time. Tests of the core's own say core.
if(NOT SEVLAUNCH_SHA384_PAGES)
  set(SEVLAUNCH_SHA384_PAGES core)
  if(TARGET sevlaunch_mbedtls AND CMAKE_SYSTEM_PROCESSOR STREQUAL "x86_64"
      AND NOT SEVLAUNCH_PORT STREQUAL "efi")
    set(SEVLAUNCH_SHA384_PAGES cpu)
  endif()
endif()
