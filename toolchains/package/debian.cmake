# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# The packages that cpack -G DEB makes, one for each component of CPACK_COMPONENTS_ALL.
# debian/ has the scripts that they run where they are installed.
set(CPACK_DEBIAN_PACKAGE_SOURCE sevlaunch)
set(CPACK_DEBIAN_COMMAND_PACKAGE_NAME virt-qemu-sev-validate)
set(CPACK_COMPONENT_COMMAND_DESCRIPTION
"This is the command virt-qemu-sev-validate, for owners of guests. It computes
what the secure processor of the host must have measured, compares that with
what it reports, and prepares secrets for the guest.

It is there beside libvirt's tool of the same name: the two are alternatives.")
set(CPACK_DEBIAN_COMMAND_PACKAGE_SECTION admin)
set(CPACK_DEBIAN_COMMAND_PACKAGE_SUGGESTS "bash-completion, libvirt-clients-qemu")

set(CPACK_DEBIAN_LIBRARY_PACKAGE_NAME libsevlaunch0)
set(CPACK_COMPONENT_LIBRARY_DESCRIPTION
"This is the shared library: launch digests, measurements and their verdict,
packets of secrets. It allocates nothing and opens no file.")
set(CPACK_DEBIAN_LIBRARY_PACKAGE_SECTION libs)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS_POLICY ">=")

set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libsevlaunch-dev)
set(CPACK_COMPONENT_DEVELOPMENT_DESCRIPTION
"These are the headers, the static library, and the files by which CMake and
pkg-config find them and the shared library.")
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_COMPONENT_DEVELOPMENT_DEPENDS library)
set(CPACK_DEBIAN_ENABLE_COMPONENT_DEPENDS ON)

# Whoever gives the packages to others names themselves here.
set(CPACK_PACKAGE_CONTACT "The sevlaunch authors <authors@sevlaunch.invalid>" CACHE STRING
    "The packages' maintainer: NAME <ADDRESS>")

set(scripts ${PROJECT_SOURCE_DIR}/toolchains/package/debian)
set(CPACK_DEBIAN_COMMAND_PACKAGE_CONTROL_EXTRA
    ${scripts}/command/preinst ${scripts}/command/postinst ${scripts}/command/prerm
    ${scripts}/command/postrm ${scripts}/command/triggers)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_CONTROL_EXTRA ${scripts}/library/triggers)

# Both do nothing unless the admin asks: see initramfs/README.md.
install(PROGRAMS toolchains/package/initramfs/hook RENAME sevlaunch
        DESTINATION ${CMAKE_INSTALL_DATAROOTDIR}/initramfs-tools/hooks
        COMPONENT command EXCLUDE_FROM_ALL)
install(PROGRAMS toolchains/package/initramfs/module-setup.sh
        DESTINATION lib/dracut/modules.d/90sevlaunch COMPONENT command EXCLUDE_FROM_ALL)
install(FILES toolchains/package/initramfs/README.md RENAME README.initramfs.md
        DESTINATION ${CMAKE_INSTALL_DATAROOTDIR}/doc/${CPACK_DEBIAN_COMMAND_PACKAGE_NAME}
        COMPONENT command EXCLUDE_FROM_ALL)

# Debian has a folder of documents for each package.
include(toolchains/package/debian-documents.cmake)
foreach(component IN LISTS CPACK_COMPONENTS_ALL)
  string(TOUPPER ${component} COMPONENT)
  set(folder ${CMAKE_INSTALL_DATAROOTDIR}/doc/${CPACK_DEBIAN_${COMPONENT}_PACKAGE_NAME})
  install(FILES ${PROJECT_BINARY_DIR}/debian/copyright ${PROJECT_BINARY_DIR}/debian/changelog
                ${documents}
          DESTINATION ${folder} COMPONENT ${component} EXCLUDE_FROM_ALL)
endforeach()

set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "validates AMD SEV and SEV-ES launch measurements")
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
