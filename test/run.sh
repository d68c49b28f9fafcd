#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# The whole test suite: installs what it needs, builds, runs every test.
# Arguments go to ctest: ./test/run.sh -R unit
set -eu
cd "$(dirname "$0")/.."

toolchains/debian-packages.sh gcc libc6-dev cmake ninja-build bzip2 curl ca-certificates \
  python3 pkg-config libcmocka-dev ovmf openssl mandoc \
  libvirt-clients-qemu python3-libvirt python3-lxml python3-cryptography
cmake --preset host -DBUILD_TESTING=ON
cmake --build --preset host
exec ctest --test-dir build/host --output-on-failure -j "$(nproc)" "$@"
