# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# cmake --install: the command, the library with its headers, and how other
# projects find it; cpack -G DEB: the same as a package.

install(TARGETS virt-qemu-sev-validate)
install(FILES apps/validate/virt-qemu-sev-validate.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES LICENSE README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
include(toolchains/package/sbom.cmake)

# Objects that are optimised at link time serve the very compiler that made them.
if(NOT CMAKE_INTERPROCEDURAL_OPTIMIZATION)
  include(toolchains/package/install-library.cmake)
endif()

set(CPACK_PACKAGE_CONTACT "the sevlaunch authors <sevlaunch@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY ${PROJECT_DESCRIPTION})
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION admin)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# libvirt's tool of the same name stands in the same place.
set(CPACK_DEBIAN_PACKAGE_CONFLICTS "libvirt-clients-qemu")
foreach(script package package-done)
  configure_file(toolchains/package/${script}.cmake.in ${PROJECT_BINARY_DIR}/${script}.cmake @ONLY)
endforeach()
set(CPACK_PRE_BUILD_SCRIPTS ${PROJECT_BINARY_DIR}/package.cmake)
set(CPACK_POST_BUILD_SCRIPTS ${PROJECT_BINARY_DIR}/package-done.cmake)
include(CPack)
