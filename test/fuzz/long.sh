#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# Runs every fuzz target for some minutes (default 10). Continues where the last such run
# stopped:
#   long.sh [MINUTES]
set -eu
cd "$(dirname "$0")/../.."

toolchains/deps/debian-packages.sh clang libclang-rt-dev libssl-dev cmake ninja-build python3 \
  pkg-config libcmocka-dev bzip2 curl ca-certificates
[ -e build/fuzz/build.ninja ] || cmake --preset fuzz
cmake --build --preset fuzz

for corpus in test/fuzz/corpus/*; do
  target=$(basename "$corpus")
  kept=$PWD/build/fuzz/corpus/$target
  mkdir -p "$kept"
  echo "$target"
  test/fuzz/run.sh build/fuzz/test/fuzz "$target" -max_total_time=$((${1:-10} * 60)) "$kept"
done
