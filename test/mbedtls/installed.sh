#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# Does an installed Mbed TLS, built with its default configuration, serve as well?
#   installed.sh SOURCE MBEDTLS_TREE FOLDER
# Installs Mbed TLS into the folder, builds against it, and runs the unit tests
# and the tests of installation there.
set -eu

export CMAKE_PREFIX_PATH="$3/prefix" PKG_CONFIG_PATH="$3/prefix/lib/pkgconfig"
cmake -S "$2" -B "$3/mbedtls" -G Ninja -DCMAKE_BUILD_TYPE=Release \
  -DENABLE_PROGRAMS=OFF -DENABLE_TESTING=OFF \
  -DCMAKE_INSTALL_PREFIX="$3/prefix" -DCMAKE_INSTALL_LIBDIR=lib >/dev/null
cmake --build "$3/mbedtls" --target install >/dev/null

cmake -S "$1" -B "$3/build" -G Ninja >"$3/log"
grep -q "^-- Mbed TLS .*: $3/prefix/lib/cmake/MbedTLS$" "$3/log" || { cat "$3/log"; exit 1; }
cmake --build "$3/build" >/dev/null
ctest --test-dir "$3/build" --output-on-failure -R '^(unit|install)'
