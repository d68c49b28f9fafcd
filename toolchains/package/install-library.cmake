# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# The libraries, static and shared, their headers, and how other projects find them.
include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/sevlaunch)
install(TARGETS sevlaunch sevlaunch_shared EXPORT sevlaunch
    ARCHIVE COMPONENT development
    LIBRARY COMPONENT library NAMELINK_COMPONENT development)
install(DIRECTORY core/include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development)
if(TARGET sevlaunch_mbedtls)
  # The part of Mbed TLS that this build carries, for those who link no other.
  install(TARGETS sevlaunch_mbedtls EXPORT sevlaunch COMPONENT development)
  set(SEVLAUNCH_MBEDTLS_LIBS "-lsevlaunch_mbedtls")
else()
  set(SEVLAUNCH_MBEDTLS_REQUIRES "mbedcrypto")
endif()
install(EXPORT sevlaunch NAMESPACE sevlaunch:: DESTINATION ${package_dir}
        FILE sevlaunch-targets.cmake COMPONENT development)

configure_package_config_file(toolchains/package/sevlaunch-config.cmake.in
    ${PROJECT_BINARY_DIR}/sevlaunch-config.cmake INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/sevlaunch-config-version.cmake
    COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/sevlaunch-config.cmake
              ${PROJECT_BINARY_DIR}/sevlaunch-config-version.cmake
        DESTINATION ${package_dir} COMPONENT development)

# It finds the folders from its own, wherever that is moved to.
set(pkgconfig_dir ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig)
foreach(folder PREFIX FULL_LIBDIR FULL_INCLUDEDIR)
  cmake_path(RELATIVE_PATH CMAKE_INSTALL_${folder}
      BASE_DIRECTORY ${pkgconfig_dir} OUTPUT_VARIABLE SEVLAUNCH_${folder})
endforeach()
configure_file(toolchains/package/sevlaunch.pc.in ${PROJECT_BINARY_DIR}/sevlaunch.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/sevlaunch.pc
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT development)
