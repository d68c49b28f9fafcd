# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# The licences of what is built in, as their authors wrote them.

# Sets the copyright line and the licence's text, as a DEP-5 field has it, of a text that
# begins with such a line.
function(sevlaunch_read_licence prefix text)
  string(REGEX MATCH "Copyright \\(c\\) ([^\n]+)\n" line "${text}")
  set(${prefix}_COPYRIGHT "${CMAKE_MATCH_1}" PARENT_SCOPE)
  string(FIND "${text}" "${line}" start)
  string(LENGTH "${line}" length)
  math(EXPR start "${start} + ${length}")
  string(SUBSTRING "${text}" ${start} -1 text)
  string(REGEX REPLACE "SPDX-License-Identifier: [^\n]*\n" "" text "${text}")
  string(STRIP "${text}" text)
  string(REGEX REPLACE "\n\n+" "\n.\n" text "${text}")
  string(REPLACE "\n" "\n " text " ${text}")
  set(${prefix}_LICENSE "${text}" PARENT_SCOPE)
endfunction()

file(READ ${PROJECT_SOURCE_DIR}/LICENSE text)
sevlaunch_read_licence(OWN "${text}")

# yxml has its licence in its header's first comment, with two blanks before each line.
file(READ ${SEVLAUNCH_NCDC_TREE}/deps/yxml.h text)
string(REGEX REPLACE "^/\\* (.*)" "\\1" text "${text}")
string(FIND "${text}" "*/" end)
string(SUBSTRING "${text}" 0 ${end} text)
string(REGEX REPLACE "\n  " "\n" text "${text}")
file(WRITE ${PROJECT_BINARY_DIR}/LICENSE.yxml "${text}")
sevlaunch_read_licence(YXML "${text}")
if(NOT YXML_COPYRIGHT)
  message(FATAL_ERROR "yxml.h has no copyright line in its first comment: ${SEVLAUNCH_NCDC_TREE}")
endif()

install(FILES LICENSE ${PROJECT_BINARY_DIR}/LICENSE.yxml DESTINATION ${CMAKE_INSTALL_DOCDIR}
        COMPONENT documentation)
if(SEVLAUNCH_MBEDTLS_TREE) # an installed one has its licence with it
  install(FILES ${SEVLAUNCH_MBEDTLS_TREE}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR}
          RENAME LICENSE.mbedtls COMPONENT documentation)
endif()
