# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# Ends the configuration where a compiler is missing, before CMake writes a cache without its
# options.
function(sevlaunch_need program package)
  find_program(path ${program} PATHS ENV PATH NO_DEFAULT_PATH NO_CACHE)
  if(NOT path)
    message(FATAL_ERROR "${program} is not in PATH; Debian has it in the package ${package}")
  endif()
endfunction()
