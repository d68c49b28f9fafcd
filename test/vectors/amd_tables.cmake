# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# Makes amd_TABLE.h in this build: what an AMD signs whose keys the tests have.
function(sevlaunch_add_amd_table table)
  add_custom_command(OUTPUT amd_${table}.h
      COMMAND Python3::Interpreter -B ${PROJECT_SOURCE_DIR}/test/vectors/amd_tables.py ${table}
          > amd_${table}.h
      DEPENDS ${PROJECT_SOURCE_DIR}/test/vectors/amd_tables.py
          ${PROJECT_SOURCE_DIR}/test/support/amd.py ${PROJECT_SOURCE_DIR}/test/support/model.py
      VERBATIM)
endfunction()
