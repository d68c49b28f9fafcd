# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# Makes known_platform.h in this build: certificates and reports of platforms whose keys the tests have.
function(sevlaunch_add_platform_table)
  add_custom_command(OUTPUT known_platform.h
      COMMAND Python3::Interpreter -B ${PROJECT_SOURCE_DIR}/test/vectors/platform_tables.py
          > known_platform.h
      DEPENDS ${PROJECT_SOURCE_DIR}/test/vectors/platform_tables.py
          ${PROJECT_SOURCE_DIR}/test/support/sev_platform.py
          ${PROJECT_SOURCE_DIR}/test/support/amd.py ${PROJECT_SOURCE_DIR}/test/support/model.py
      VERBATIM)
endfunction()
