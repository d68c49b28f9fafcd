# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# cmake --install: the commands, the library with its headers, and how other
# projects find it; cpack -G DEB: the same as a package for each component.

install(TARGETS virt-qemu-sev-validate sevlaunch_command COMPONENT command)
install(FILES apps/validate/virt-qemu-sev-validate.1 apps/sevlaunch/sevlaunch.1
        DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT command)
foreach(name virt-qemu-sev-validate sevlaunch)
  install(FILES toolchains/package/completion.bash COMPONENT command RENAME ${name}
          DESTINATION ${CMAKE_INSTALL_DATAROOTDIR}/bash-completion/completions)
endforeach()
include(toolchains/package/sbom.cmake)
set(documents ${PROJECT_SOURCE_DIR}/README.md ${PROJECT_BINARY_DIR}/sevlaunch.spdx.json)
install(FILES ${documents} DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT documentation)
include(toolchains/package/licences.cmake)
set(CPACK_COMPONENTS_ALL command)
if(TARGET sevlaunch_shared)
  include(toolchains/package/install-library.cmake)
  list(APPEND CPACK_COMPONENTS_ALL library development)
endif()
if(PROJECT_IS_TOP_LEVEL)
  include(toolchains/package/debian.cmake)
endif()
