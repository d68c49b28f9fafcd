# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# What mbedtls.cmake and yxml.cmake have in common.

option(SEVLAUNCH_DOWNLOAD "Download dependencies that are not there" ON)

# Sets RESULT_VERSION, RESULT_SHA256 and RESULT_URL from a dependency's line in pins.txt.
function(sevlaunch_read_pin name result)
  file(STRINGS ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/pins.txt pin REGEX "^${name} ")
  string(REPLACE " " ";" pin "${pin}")
  foreach(field NAME VERSION SHA256 URL)
    list(POP_FRONT pin value)
    set(${result}_${field} ${value} PARENT_SCOPE)
  endforeach()
endfunction()

# Builds in the sources' folder build/ share what was downloaded. Any other has its own: the
# sources may be read-only.
set(SEVLAUNCH_DEPS ${PROJECT_BINARY_DIR}/deps)
set(presets ${PROJECT_SOURCE_DIR}/build)
cmake_path(IS_PREFIX presets ${PROJECT_BINARY_DIR} NORMALIZE is_preset)
if(is_preset)
  set(SEVLAUNCH_DEPS ${presets}/deps)
endif()

# Sets RESULT to the source tree that fetch.sh downloads, or has downloaded before.
function(sevlaunch_fetch name result)
  set(offline --offline)
  if(SEVLAUNCH_DOWNLOAD)
    set(offline "")
  endif()
  execute_process(
      COMMAND ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/fetch.sh ${offline} ${name} ${SEVLAUNCH_DEPS}
      OUTPUT_VARIABLE tree OUTPUT_STRIP_TRAILING_WHITESPACE
      ERROR_VARIABLE said ERROR_STRIP_TRAILING_WHITESPACE RESULT_VARIABLE status)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "${said}")
  elseif(said)
    message(STATUS "${said}")
  endif()
  set(${result} ${tree} PARENT_SCOPE)
endfunction()
