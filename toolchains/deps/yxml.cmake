# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# yxml, an XML parser without a heap, as the target sevlaunch_yxml. It has no releases of its
# own: it comes in deps/ of ncdc, by the same author, from the first of
#   1. a source tree of ncdc that the user names: -DSEVLAUNCH_NCDC_SOURCE=DIR
#   2. one that fetch.sh downloads

set(SEVLAUNCH_NCDC_SOURCE "" CACHE PATH "Source tree of ncdc to take yxml from")

set(SEVLAUNCH_NCDC_TREE ${SEVLAUNCH_NCDC_SOURCE})
if(NOT SEVLAUNCH_NCDC_TREE)
  sevlaunch_fetch(ncdc SEVLAUNCH_NCDC_TREE)
endif()
set(SEVLAUNCH_YXML ${SEVLAUNCH_NCDC_TREE}/deps/yxml.c ${SEVLAUNCH_NCDC_TREE}/deps/yxml.h)
foreach(file IN LISTS SEVLAUNCH_YXML)
  if(NOT EXISTS ${file})
    message(FATAL_ERROR "SEVLAUNCH_NCDC_SOURCE is to be a folder with deps/yxml.c and "
                        "deps/yxml.h: '${SEVLAUNCH_NCDC_TREE}' has none")
  endif()
endforeach()
message(STATUS "yxml: ${SEVLAUNCH_NCDC_TREE}")

# The header in a folder of its own, so that nothing else of that folder is found.
configure_file(${SEVLAUNCH_NCDC_TREE}/deps/yxml.h ${PROJECT_BINARY_DIR}/yxml/yxml.h COPYONLY)
add_library(sevlaunch_yxml STATIC ${SEVLAUNCH_NCDC_TREE}/deps/yxml.c)
target_include_directories(sevlaunch_yxml SYSTEM PUBLIC ${PROJECT_BINARY_DIR}/yxml)
target_compile_options(sevlaunch_yxml PRIVATE -ffreestanding -ffunction-sections -fdata-sections)
