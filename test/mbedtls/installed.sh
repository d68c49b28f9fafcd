#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# Does an installed Mbed TLS, built with its default configuration, work, too?
#   installed.sh SOURCE MBEDTLS_TREE JSMN FOLDER
# Installs Mbed TLS into the folder, builds against it, and runs the unit tests
# and the tests of installation there.
set -eu

export CMAKE_PREFIX_PATH="$4/prefix" PKG_CONFIG_PATH="$4/prefix/lib/pkgconfig"
cmake -S "$2" -B "$4/mbedtls" -G Ninja -DCMAKE_BUILD_TYPE=Release \
  -DENABLE_PROGRAMS=OFF -DENABLE_TESTING=OFF \
  -DCMAKE_INSTALL_PREFIX="$4/prefix" -DCMAKE_INSTALL_LIBDIR=lib >/dev/null
cmake --build "$4/mbedtls" --target install >/dev/null

cmake -S "$1" -B "$4/build" -G Ninja -DSEVLAUNCH_JSMN_SOURCE="$3" >"$4/log"
grep -q "^-- Mbed TLS .*: $4/prefix/lib/cmake/MbedTLS$" "$4/log" || { cat "$4/log"; exit 1; }
# What needs the sources of Mbed TLS says so, when it is configured and when it is run.
without='(mbedtls\.installed|ct|static|coverage|mutation|reproducible|sizes)'
needs='skipped: it needs the sources of Mbed TLS: pass -DSEVLAUNCH_MBEDTLS_SOURCE=DIR$'
test "$(grep -Ec "^-- Test $without is $needs" "$4/log")" = 7
env -u CI ctest --test-dir "$4/build" -V -R "^$without\$" >"$4/log"
test "$(grep -Ec "^[0-9]+: $needs" "$4/log")" = 7
test "$(grep -Ec " $without \(Skipped\)$" "$4/log")" = 7
CI=true ctest --test-dir "$4/build" -R "^$without\$" >"$4/log" && exit 1
test "$(grep -Ec " $without \(Failed\)$" "$4/log")" = 7

cmake --build "$4/build" >/dev/null
ctest --test-dir "$4/build" --output-on-failure -R '^(unit|install|symbols)'
