# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# What mbedtls.cmake and yxml.cmake have in common.

# Sets RESULT_VERSION, RESULT_SHA256 and RESULT_URL from a dependency's line in pins.txt.
function(sevlaunch_read_pin name result)
  file(STRINGS ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/pins.txt pin REGEX "^${name} ")
  string(REPLACE " " ";" pin "${pin}")
  foreach(field NAME VERSION SHA256 URL)
    list(POP_FRONT pin value)
    set(${result}_${field} ${value} PARENT_SCOPE)
  endforeach()
endfunction()

# Sets RESULT to the source tree that fetch.sh downloads, or has downloaded before.
function(sevlaunch_fetch name result)
  execute_process(
      COMMAND ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/fetch.sh ${name} ${PROJECT_SOURCE_DIR}/build/deps
      OUTPUT_VARIABLE tree OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
  set(${result} ${tree} PARENT_SCOPE)
endfunction()
