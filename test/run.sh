#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# Installs what the tests need and this machine lacks, builds, and runs
#   run.sh [ARGUMENT OF CTEST]...         every test, as CI does
#   run.sh quick [ARGUMENT OF CTEST]...   those that try the core and the command here
# Where packages are missing and this user cannot install them, the tests that need them
# are skipped, and named at the end; where CI=true, or all tests need them, that is an error.
set -eu
cd "$(dirname "$0")/.."

which=
if [ "${1-}" = quick ]; then
  which=quick
  shift
  set -- -L '^quick$' "$@"
fi

# The table's column of that number, of the rows that this run needs.
column() { awk -F '\t' -v which="$which" -v n="$1" '!/^#/ && $2 ~ which { print $n }' test/packages.txt; }

# The tests that need one of these packages, as one regular expression.
tests_of() {
  for package; do
    awk -F '\t' -v package="$package" '$1 == package { print $3 }' test/packages.txt
  done | sort -u | paste -sd '|'
}

skipped=
packages=toolchains/deps/debian-packages.sh
# shellcheck disable=SC2046 # a list of words
if ! $packages $(column 1); then
  missing=$($packages --missing $(column 1))
  # shellcheck disable=SC2086
  skipped=$(tests_of $missing)
  case "|$skipped|" in *'|.|'*) exit 1 ;; esac
  if [ -n "$which" ] || [ "${CI-}" = true ]; then exit 1; fi
  set -- -E "$skipped" "$@"
fi

# Tests need the sources of Mbed TLS; one that is installed is only what a program links beside.
cmake --preset host -DBUILD_TESTING=ON -DCMAKE_DISABLE_FIND_PACKAGE_MbedTLS=ON
cmake --build --preset host
status=0
ctest --test-dir build/host --output-on-failure -j "$(nproc)" "$@" || status=$?

if ! grep -qwE 'sha_ni|sha2' /proc/cpuinfo; then
  echo "This CPU has no SHA-256 instructions: the tests of these had nothing to test." >&2
fi
if [ "$(uname -m)" = x86_64 ] && ! grep -qw avx512bw /proc/cpuinfo; then
  echo "This CPU has no AVX-512: hashing eight pages at a time was not tested as it is shipped." >&2
fi
if [ -n "$skipped" ]; then
  echo "Skipped: $skipped, for these packages are missing:$missing" >&2
fi
exit "$status"
