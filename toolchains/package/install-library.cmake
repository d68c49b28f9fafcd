# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# The library, its headers, and how other projects find them.
include(CMakePackageConfigHelpers)

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

configure_package_config_file(toolchains/package/sevlaunch-config.cmake.in
    ${PROJECT_BINARY_DIR}/sevlaunch-config.cmake INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/sevlaunch-config-version.cmake
    COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/sevlaunch-config.cmake
              ${PROJECT_BINARY_DIR}/sevlaunch-config-version.cmake
        DESTINATION ${package_dir})
configure_file(toolchains/package/sevlaunch.pc.in ${PROJECT_BINARY_DIR}/sevlaunch.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/sevlaunch.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
