#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# Does an installed Mbed TLS, built with its default configuration, work, too?
#   installed.sh SOURCE MBEDTLS_TREE FOLDER NCDC
# Installs Mbed TLS into the folder, builds against it, and runs the unit tests
# and the tests of installation there.
set -eu

# Its build runs a Python program, which must leave nothing in the tree.
export PYTHONDONTWRITEBYTECODE=1
export CMAKE_PREFIX_PATH="$3/prefix" PKG_CONFIG_PATH="$3/prefix/lib/pkgconfig"
cmake -S "$2" -B "$3/mbedtls" -G Ninja -DCMAKE_BUILD_TYPE=Release \
  -DENABLE_PROGRAMS=OFF -DENABLE_TESTING=OFF \
  -DCMAKE_INSTALL_PREFIX="$3/prefix" -DCMAKE_INSTALL_LIBDIR=lib >/dev/null
cmake --build "$3/mbedtls" --target install >/dev/null

cmake -S "$1" -B "$3/build" -G Ninja -DSEVLAUNCH_NCDC_SOURCE="$4" >"$3/log"
grep -q "^-- Mbed TLS .*: $3/prefix/lib/cmake/MbedTLS$" "$3/log" || { cat "$3/log"; exit 1; }
cmake -S "$1" -B "$3/bignum" -G Ninja -DSEVLAUNCH_NCDC_SOURCE="$4" -DBUILD_TESTING=OFF \
  -DSEVLAUNCH_BIGNUM=mbedtls >"$3/refused" 2>&1 && exit 1
grep -q "SEVLAUNCH_BIGNUM=mbedtls needs a header" "$3/refused"
# What needs the sources of Mbed TLS says so, when it is configured and when it is run.
without='(mbedtls\.installed|configure|deps\.build|ct|static|coverage|mutation|reproducible|sizes)'
needs='skipped: it needs the sources of Mbed TLS: pass -DSEVLAUNCH_MBEDTLS_SOURCE=DIR$'
test "$(grep -Ec "^-- Test $without is $needs" "$3/log")" = 9
env -u CI ctest --test-dir "$3/build" -V -R "^$without\$" >"$3/log"
test "$(grep -Ec "^[0-9]+: $needs" "$3/log")" = 9
test "$(grep -Ec " $without \(Skipped\)$" "$3/log")" = 9
CI=true ctest --test-dir "$3/build" -R "^$without\$" >"$3/log" && exit 1
test "$(grep -Ec " $without \(Failed\)$" "$3/log")" = 9

cmake --build "$3/build" >/dev/null
ctest --test-dir "$3/build" --output-on-failure -R '^(unit|install|symbols)'
