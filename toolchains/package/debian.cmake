# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# The packages that cpack -G DEB makes, one for each component of CPACK_COMPONENTS_ALL.
set(CPACK_DEBIAN_COMMAND_PACKAGE_NAME virt-qemu-sev-validate)
set(CPACK_COMPONENT_COMMAND_DESCRIPTION "The command virt-qemu-sev-validate, for guest owners.")
set(CPACK_DEBIAN_COMMAND_PACKAGE_SECTION admin)
# libvirt's tool of the same name stands in the same place.
set(CPACK_DEBIAN_COMMAND_PACKAGE_CONFLICTS "libvirt-clients-qemu")

set(CPACK_DEBIAN_LIBRARY_PACKAGE_NAME libsevlaunch0)
set(CPACK_COMPONENT_LIBRARY_DESCRIPTION "The shared library.")
set(CPACK_DEBIAN_LIBRARY_PACKAGE_SECTION libs)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS_POLICY ">=")

set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libsevlaunch-dev)
set(CPACK_COMPONENT_DEVELOPMENT_DESCRIPTION "The headers, the static library, and files for CMake and pkg-config.")
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_COMPONENT_DEVELOPMENT_DEPENDS library)
set(CPACK_DEBIAN_ENABLE_COMPONENT_DEPENDS ON)

# Debian has a folder of documents for each package.
foreach(component IN LISTS CPACK_COMPONENTS_ALL)
  string(TOUPPER ${component} COMPONENT)
  set(folder ${CMAKE_INSTALL_DATAROOTDIR}/doc/${CPACK_DEBIAN_${COMPONENT}_PACKAGE_NAME})
  install(FILES LICENSE DESTINATION ${folder} RENAME copyright
          COMPONENT ${component} EXCLUDE_FROM_ALL)
  install(FILES ${documents} DESTINATION ${folder} COMPONENT ${component} EXCLUDE_FROM_ALL)
endforeach()

set(CPACK_PACKAGE_CONTACT "the sevlaunch authors <sevlaunch@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY ${PROJECT_DESCRIPTION})
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
foreach(script package package-done)
  configure_file(toolchains/package/${script}.cmake.in ${PROJECT_BINARY_DIR}/${script}.cmake @ONLY)
endforeach()
set(CPACK_PRE_BUILD_SCRIPTS ${PROJECT_BINARY_DIR}/package.cmake)
set(CPACK_POST_BUILD_SCRIPTS ${PROJECT_BINARY_DIR}/package-done.cmake)
include(CPack)
