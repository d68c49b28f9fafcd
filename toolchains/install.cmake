# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# cmake --install: the command, the library with its headers, and how other
# projects find it; cpack -G DEB: the same as a package.
include(CMakePackageConfigHelpers)

install(TARGETS virt-qemu-sev-validate)
install(FILES apps/validate/virt-qemu-sev-validate.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES LICENSE README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/sevlaunch)
install(TARGETS sevlaunch EXPORT sevlaunch)
install(DIRECTORY core/include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
if(TARGET sevlaunch_mbedtls)
  # The part of Mbed TLS that this build carries, for those who link no other.
  install(TARGETS sevlaunch_mbedtls EXPORT sevlaunch)
  set(SEVLAUNCH_MBEDTLS_LIBS "-lsevlaunch_mbedtls")
else()
  set(SEVLAUNCH_MBEDTLS_REQUIRES "mbedcrypto")
endif()
install(EXPORT sevlaunch NAMESPACE sevlaunch:: DESTINATION ${package_dir}
        FILE sevlaunch-targets.cmake)

configure_package_config_file(toolchains/sevlaunch-config.cmake.in
    ${PROJECT_BINARY_DIR}/sevlaunch-config.cmake INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/sevlaunch-config-version.cmake
    COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/sevlaunch-config.cmake
              ${PROJECT_BINARY_DIR}/sevlaunch-config-version.cmake
        DESTINATION ${package_dir})
configure_file(toolchains/sevlaunch.pc.in ${PROJECT_BINARY_DIR}/sevlaunch.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/sevlaunch.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

set(CPACK_PACKAGE_CONTACT "the sevlaunch authors <sevlaunch@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY ${PROJECT_DESCRIPTION})
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION admin)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# libvirt's tool of the same name stands in the same place.
set(CPACK_DEBIAN_PACKAGE_CONFLICTS "libvirt-clients-qemu")
include(CPack)
