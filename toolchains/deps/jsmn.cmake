# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# Copies jsmn, which is one header, to the folder build/.../jsmn. It comes from the first of
#   1. a source tree that the user names: -DSEVLAUNCH_JSMN_SOURCE=DIR
#   2. an installed one, for any machine: Debian's libjsmn-dev
#   3. one that fetch.sh downloads
# CMAKE_DISABLE_FIND_PACKAGE_jsmn skips 2. The header does not have its version.

set(SEVLAUNCH_JSMN_SOURCE "" CACHE PATH "Source tree of jsmn to build with")

set(SEVLAUNCH_JSMN_TREE ${SEVLAUNCH_JSMN_SOURCE})
if(NOT SEVLAUNCH_JSMN_SOURCE AND NOT CMAKE_DISABLE_FIND_PACKAGE_jsmn)
  find_path(SEVLAUNCH_JSMN_INSTALLED jsmn.h NO_CMAKE_FIND_ROOT_PATH PATHS /usr/include
      DOC "Folder of an installed jsmn.h")
  if(SEVLAUNCH_JSMN_INSTALLED)
    set(SEVLAUNCH_JSMN_TREE ${SEVLAUNCH_JSMN_INSTALLED})
  endif()
endif()
if(NOT SEVLAUNCH_JSMN_TREE)
  sevlaunch_fetch(jsmn SEVLAUNCH_JSMN_TREE)
endif()
if(NOT EXISTS ${SEVLAUNCH_JSMN_TREE}/jsmn.h)
  message(FATAL_ERROR "SEVLAUNCH_JSMN_SOURCE is to be a folder with jsmn.h: "
                      "'${SEVLAUNCH_JSMN_TREE}' has none")
endif()
message(STATUS "jsmn: ${SEVLAUNCH_JSMN_TREE}")

# In a folder of its own, so that builds for other machines do not find what is beside the
# header, such as a C library's headers.
configure_file(${SEVLAUNCH_JSMN_TREE}/jsmn.h ${PROJECT_BINARY_DIR}/jsmn/jsmn.h COPYONLY)
