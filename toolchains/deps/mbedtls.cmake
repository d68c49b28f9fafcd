# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# Mbed TLS 3.6 LTS as the target sevlaunch::mbedtls, from the first of
#   1. a source tree that the user names: -DSEVLAUNCH_MBEDTLS_SOURCE=DIR
#   2. an installed one: find_package(MbedTLS 3.6 CONFIG)
#   3. one that fetch.sh downloads
# Of a source tree, only the files that core/crypto/mbedtls_config.h needs are built;
# port/cpu adds SHA-256.

set(SEVLAUNCH_MBEDTLS_SOURCE "" CACHE PATH "Source tree of Mbed TLS 3.6 to build with")

function(sevlaunch_check_mbedtls version where)
  sevlaunch_read_pin(mbedtls minimum)
  if(version VERSION_LESS minimum_VERSION OR NOT version MATCHES "^3\\.6\\.")
    message(FATAL_ERROR "sevlaunch needs Mbed TLS 3.6, ${minimum_VERSION} "
                        "or later: ${where} holds '${version}'")
  endif()
  message(STATUS "Mbed TLS ${version}: ${where}")
  set(SEVLAUNCH_MBEDTLS_VERSION ${version} PARENT_SCOPE)
endfunction()

function(sevlaunch_build_mbedtls tree)
  file(STRINGS ${tree}/include/mbedtls/build_info.h line REGEX "define MBEDTLS_VERSION_STRING ")
  string(REGEX REPLACE ".*\"(.*)\".*" "\\1" version "${line}")
  sevlaunch_check_mbedtls("${version}" ${tree})
  add_library(sevlaunch_mbedtls STATIC
      ${tree}/library/aes.c ${tree}/library/base64.c ${tree}/library/constant_time.c
      ${tree}/library/platform_util.c)
  target_include_directories(sevlaunch_mbedtls SYSTEM PUBLIC
      $<BUILD_INTERFACE:${tree}/include>)
  target_compile_definitions(sevlaunch_mbedtls PUBLIC
      $<BUILD_INTERFACE:MBEDTLS_CONFIG_FILE="${PROJECT_SOURCE_DIR}/core/crypto/mbedtls_config.h">)
  target_compile_options(sevlaunch_mbedtls PRIVATE -ffunction-sections -fdata-sections)
  set_target_properties(sevlaunch_mbedtls PROPERTIES EXPORT_NAME mbedtls)
  add_library(sevlaunch::mbedtls ALIAS sevlaunch_mbedtls)
  set(SEVLAUNCH_MBEDTLS_VERSION ${SEVLAUNCH_MBEDTLS_VERSION} PARENT_SCOPE)
endfunction()

if(NOT SEVLAUNCH_MBEDTLS_SOURCE)
  find_package(MbedTLS 3.6 CONFIG QUIET)
endif()
if(MbedTLS_FOUND)
  sevlaunch_check_mbedtls(${MbedTLS_VERSION} ${MbedTLS_DIR})
  add_library(sevlaunch::mbedtls ALIAS MbedTLS::mbedcrypto)
else()
  set(SEVLAUNCH_MBEDTLS_TREE ${SEVLAUNCH_MBEDTLS_SOURCE})
  if(NOT SEVLAUNCH_MBEDTLS_TREE)
    sevlaunch_fetch(mbedtls SEVLAUNCH_MBEDTLS_TREE)
  endif()
  sevlaunch_build_mbedtls(${SEVLAUNCH_MBEDTLS_TREE})
endif()
