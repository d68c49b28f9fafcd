# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# Mbed TLS 3.6 LTS as the target sevlaunch::mbedtls, from the first of
#   1. a source tree that the user names: -DSEVLAUNCH_MBEDTLS_SOURCE=DIR
#   2. an installed one: find_package(MbedTLS 3.6 CONFIG)
#   3. one that fetch-mbedtls.sh downloads
# Of a source tree, only the files that core/mbedtls_config.h asks for are built.

file(STRINGS ${CMAKE_CURRENT_LIST_DIR}/mbedtls.txt SEVLAUNCH_MBEDTLS_MINIMUM)
string(REGEX REPLACE " .*" "" SEVLAUNCH_MBEDTLS_MINIMUM ${SEVLAUNCH_MBEDTLS_MINIMUM})
set(SEVLAUNCH_MBEDTLS_SOURCE "" CACHE PATH "Source tree of Mbed TLS 3.6 to build with")

function(sevlaunch_check_mbedtls version where)
  if(version VERSION_LESS SEVLAUNCH_MBEDTLS_MINIMUM OR NOT version MATCHES "^3\\.6\\.")
    message(FATAL_ERROR "sevlaunch needs Mbed TLS 3.6, ${SEVLAUNCH_MBEDTLS_MINIMUM} "
                        "or later: ${where} holds '${version}'")
  endif()
  message(STATUS "Mbed TLS ${version}: ${where}")
  set(SEVLAUNCH_MBEDTLS_VERSION ${version} PARENT_SCOPE)
endfunction()

function(sevlaunch_fetch_mbedtls result)
  execute_process(
      COMMAND ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/fetch-mbedtls.sh ${PROJECT_SOURCE_DIR}/build/deps
      OUTPUT_VARIABLE tree OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
  set(${result} ${tree} PARENT_SCOPE)
endfunction()

function(sevlaunch_build_mbedtls tree)
  file(STRINGS ${tree}/include/mbedtls/build_info.h line REGEX "define MBEDTLS_VERSION_STRING ")
  string(REGEX REPLACE ".*\"(.*)\".*" "\\1" version "${line}")
  sevlaunch_check_mbedtls("${version}" ${tree})
  add_library(sevlaunch_mbedtls STATIC
      ${tree}/library/aes.c ${tree}/library/base64.c ${tree}/library/constant_time.c
      ${tree}/library/platform_util.c ${tree}/library/sha256.c)
  target_include_directories(sevlaunch_mbedtls SYSTEM PUBLIC
      $<BUILD_INTERFACE:${tree}/include>)
  target_compile_definitions(sevlaunch_mbedtls PUBLIC
      $<BUILD_INTERFACE:MBEDTLS_CONFIG_FILE="${PROJECT_SOURCE_DIR}/core/mbedtls_config.h">)
  target_compile_options(sevlaunch_mbedtls PRIVATE -ffunction-sections -fdata-sections)
  set_target_properties(sevlaunch_mbedtls PROPERTIES EXPORT_NAME mbedtls)
  add_library(sevlaunch::mbedtls ALIAS sevlaunch_mbedtls)
  sevlaunch_choose_sha256(${tree})
  set(SEVLAUNCH_MBEDTLS_VERSION ${SEVLAUNCH_MBEDTLS_VERSION} PARENT_SCOPE)
endfunction()

# Compiles sha256.c once more for its block function alone, under another name; the
# names of the rest must only not collide.
function(sevlaunch_add_block_function tree name)
  set(renamed mbedtls_internal_sha256_process=${name})
  foreach(function init free clone starts update finish ret)
    list(APPEND renamed mbedtls_sha256_${function}=${name}_${function})
  endforeach()
  add_library(sevlaunch_${name} OBJECT ${tree}/library/sha256.c)
  target_include_directories(sevlaunch_${name} SYSTEM PRIVATE ${tree}/include)
  target_compile_definitions(sevlaunch_${name} PRIVATE
      MBEDTLS_CONFIG_FILE="${PROJECT_SOURCE_DIR}/core/mbedtls_config.h"
      ${renamed} mbedtls_sha256=${name}_once ${ARGN})
  target_compile_options(sevlaunch_${name} PRIVATE -ffunction-sections -fdata-sections)
endfunction()

# Puts this project's block function for small CPUs into a target that compiles sha256.c.
function(sevlaunch_add_small_sha256 target choice)
  set(hooks ${PROJECT_SOURCE_DIR}/port/cpu/sha256)
  if(CMAKE_SYSTEM_PROCESSOR STREQUAL "riscv")
    target_sources(${target} PRIVATE ${hooks}/riscv.S)
  else()
    target_sources(${target} PRIVATE ${hooks}/armv6m.S ${hooks}/armv7m.S)
  endif()
  target_sources(${target} PRIVATE ${hooks}/constants.c ${hooks}/words.c)
  target_compile_definitions(${target} PRIVATE MBEDTLS_SHA256_PROCESS_ALT)
  if(choice STREQUAL "small")
    target_compile_definitions(${target} PRIVATE SEVLAUNCH_SHA256_SMALL)
  endif()
endfunction()

# Adds block functions under other names, and the files that choose among them.
function(sevlaunch_add_hooks tree)
  cmake_parse_arguments(PARSE_ARGV 1 hooks "" "" "FUNCTIONS;FILES")
  list(TRANSFORM hooks_FILES PREPEND ${PROJECT_SOURCE_DIR}/port/cpu/sha256/)
  add_library(sevlaunch_sha256_hooks OBJECT ${hooks_FILES})
  target_include_directories(sevlaunch_sha256_hooks SYSTEM PRIVATE ${tree}/include)
  target_compile_definitions(sevlaunch_sha256_hooks PRIVATE
      MBEDTLS_CONFIG_FILE="${PROJECT_SOURCE_DIR}/core/mbedtls_config.h")
  target_link_libraries(sevlaunch_sha256_hooks PRIVATE sevlaunch_flags)
  target_compile_definitions(sevlaunch_mbedtls PRIVATE MBEDTLS_SHA256_PROCESS_ALT)
  foreach(target sevlaunch_sha256_hooks ${hooks_FUNCTIONS})
    target_sources(sevlaunch_mbedtls PRIVATE $<TARGET_OBJECTS:${target}>)
  endforeach()
endfunction()

# How SHA-256 is computed, by CPU and system; elsewhere it is Mbed TLS's C code.
function(sevlaunch_choose_sha256 tree)
  if(CMAKE_SYSTEM_PROCESSOR STREQUAL "x86_64")
    sevlaunch_add_block_function(${tree} sha256_process_c)
    sevlaunch_add_hooks(${tree} FILES hook.c x86_64.c constants.c
        FUNCTIONS sevlaunch_sha256_process_c)
    target_compile_definitions(sevlaunch_mbedtls PRIVATE
        mbedtls_sha256_update=sha256_update_rest)
  elseif(CMAKE_SYSTEM_PROCESSOR STREQUAL "aarch64" AND SEVLAUNCH_PORT STREQUAL "efi")
    sevlaunch_add_block_function(${tree} sha256_process_c)
    sevlaunch_add_block_function(${tree} sha256_process_extensions
        MBEDTLS_SHA256_USE_ARMV8_A_CRYPTO_ONLY)
    sevlaunch_add_hooks(${tree} FILES hook.c aarch64.c
        FUNCTIONS sevlaunch_sha256_process_c sevlaunch_sha256_process_extensions)
  elseif(CMAKE_SYSTEM_PROCESSOR STREQUAL "aarch64")
    target_compile_definitions(sevlaunch_mbedtls PRIVATE
        MBEDTLS_SHA256_USE_ARMV8_A_CRYPTO_IF_PRESENT)
  elseif(CMAKE_SYSTEM_PROCESSOR MATCHES "^(arm|riscv)$")
    if(NOT SEVLAUNCH_SHA256 MATCHES "^(fast|small|mbedtls)$")
      message(FATAL_ERROR "SEVLAUNCH_SHA256 is fast, small or mbedtls, not '${SEVLAUNCH_SHA256}'")
    elseif(NOT SEVLAUNCH_SHA256 STREQUAL "mbedtls")
      sevlaunch_add_small_sha256(sevlaunch_mbedtls ${SEVLAUNCH_SHA256})
    endif()
  endif()
endfunction()

if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(arm|riscv)$")
  enable_language(ASM)
  set(SEVLAUNCH_SHA256 fast CACHE STRING
      "SHA-256 on Cortex-M and RISC-V: fast, small, or mbedtls for its C code")
endif()

if(NOT SEVLAUNCH_MBEDTLS_SOURCE)
  find_package(MbedTLS 3.6 CONFIG QUIET)
endif()
if(MbedTLS_FOUND)
  sevlaunch_check_mbedtls(${MbedTLS_VERSION} ${MbedTLS_DIR})
  add_library(sevlaunch::mbedtls ALIAS MbedTLS::mbedcrypto)
else()
  set(SEVLAUNCH_MBEDTLS_TREE ${SEVLAUNCH_MBEDTLS_SOURCE})
  if(NOT SEVLAUNCH_MBEDTLS_TREE)
    sevlaunch_fetch_mbedtls(SEVLAUNCH_MBEDTLS_TREE)
  endif()
  sevlaunch_build_mbedtls(${SEVLAUNCH_MBEDTLS_TREE})
endif()
