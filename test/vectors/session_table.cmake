# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# Makes session_table.h in this build: sessions that a model of the other side makes.
function(sevlaunch_add_session_table)
  set(model ${PROJECT_SOURCE_DIR}/test/support)
  add_custom_command(OUTPUT session_table.h
      COMMAND Python3::Interpreter -B ${PROJECT_SOURCE_DIR}/test/vectors/session_table.py
          > session_table.h
      DEPENDS ${PROJECT_SOURCE_DIR}/test/vectors/session_table.py ${model}/secure_processor.py
          ${model}/sev_platform.py ${model}/amd.py ${model}/model.py
      VERBATIM)
endfunction()
