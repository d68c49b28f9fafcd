# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# The same sources give the same bytes, wherever and whenever they are built.
# SEVLAUNCH_EPOCH is the time that these carry: SOURCE_DATE_EPOCH of the environment,
# else the last commit's, else that of an archive of the sources.

set(SEVLAUNCH_EPOCH "$ENV{SOURCE_DATE_EPOCH}")
find_program(SEVLAUNCH_GIT git DOC "Tells the time of the last commit")
if(SEVLAUNCH_EPOCH STREQUAL "" AND SEVLAUNCH_GIT AND EXISTS ${PROJECT_SOURCE_DIR}/.git)
  execute_process(COMMAND ${SEVLAUNCH_GIT} log -1 --format=%ct
      WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
      OUTPUT_VARIABLE SEVLAUNCH_EPOCH OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
endif()
if(SEVLAUNCH_EPOCH STREQUAL "")
  file(TIMESTAMP ${PROJECT_SOURCE_DIR}/CMakeLists.txt SEVLAUNCH_EPOCH "%s" UTC)
endif()

# Asserts and debug information name files as the project does.
add_compile_options(-ffile-prefix-map=${PROJECT_SOURCE_DIR}=.)
if(SEVLAUNCH_MBEDTLS_SOURCE)
  add_compile_options(-ffile-prefix-map=${SEVLAUNCH_MBEDTLS_SOURCE}=mbedtls)
endif()
if(SEVLAUNCH_PORT_DIR)
  add_compile_options(-ffile-prefix-map=${SEVLAUNCH_PORT_DIR}=port)
endif()
if(NOT CMAKE_C_FLAGS MATCHES "--coverage") # gcov opens generated headers by their names
  add_compile_options(-ffile-prefix-map=${PROJECT_BINARY_DIR}=build)
endif()

# Whoever links a program is shown its SHA-256, as sha256sum prints it.
function(sevlaunch_print_sum program)
  add_custom_command(TARGET ${program} POST_BUILD VERBATIM
      COMMAND ${CMAKE_COMMAND} -E chdir $<TARGET_FILE_DIR:${program}>
              ${CMAKE_COMMAND} -E sha256sum $<TARGET_FILE_NAME:${program}>)
endfunction()
