# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# build/debian/: the copyright file and the change log, in the formats of Debian.
# licences.cmake has read the licences.
configure_file(toolchains/package/debian/copyright.in ${PROJECT_BINARY_DIR}/debian/copyright @ONLY)

# The entry of this version in CHANGELOG.md, which has to be the first.
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
    ${PROJECT_SOURCE_DIR}/CHANGELOG.md ${PROJECT_SOURCE_DIR}/LICENSE)
file(READ ${PROJECT_SOURCE_DIR}/CHANGELOG.md text)
string(REGEX MATCH "\n## [^\n]*\n" heading "${text}")
if(NOT heading MATCHES "^\n## ${PROJECT_VERSION}, ")
  message(FATAL_ERROR "CHANGELOG.md: the first heading is to be '## ${PROJECT_VERSION}, ...'")
endif()
string(FIND "${text}" "${heading}" start)
string(LENGTH "${heading}" length)
math(EXPR start "${start} + ${length}")
string(SUBSTRING "${text}" ${start} -1 text)
string(FIND "${text}" "\n## " end)
string(SUBSTRING "${text}" 0 ${end} text)
string(STRIP "${text}" text)
string(REGEX REPLACE "(^|\n)- " "\\1* " text "${text}")
string(REPLACE "\n" "\n  " changes "  ${text}")
set(ENV{SOURCE_DATE_EPOCH} ${SEVLAUNCH_EPOCH})
string(TIMESTAMP date "%a, %d %b %Y %H:%M:%S +0000" UTC)
file(WRITE ${PROJECT_BINARY_DIR}/debian/changelog
"sevlaunch (${PROJECT_VERSION}) unstable; urgency=medium

${changes}

 -- ${CPACK_PACKAGE_CONTACT}  ${date}
")
