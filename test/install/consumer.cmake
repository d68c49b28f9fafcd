# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# The CMakeLists.txt of a project that uses sevlaunch, installed or as a part of itself.
cmake_minimum_required(VERSION 3.25)
project(consumer C CXX)
set(CMAKE_CXX_STANDARD 17)
if(SEVLAUNCH_SOURCE)
  add_subdirectory(${SEVLAUNCH_SOURCE} sevlaunch)
else()
  find_package(sevlaunch 0.1 REQUIRED CONFIG)
endif()

add_custom_target(consumers)
foreach(program in-c.c in-cpp.cpp all.cpp)
  add_executable(${program}.out ${program})
  target_link_libraries(${program}.out PRIVATE sevlaunch::core)
  add_dependencies(consumers ${program}.out)
endforeach()
