#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# The whole test suite: installs what it needs, builds, runs every test.
# Arguments go to ctest: ./test/run.sh -R unit
set -eu
cd "$(dirname "$0")/.."

toolchains/deps/debian-packages.sh gcc libc6-dev cmake ninja-build bzip2 curl ca-certificates \
  file dpkg-dev python3 pkg-config libcmocka-dev gcovr ovmf openssl mandoc \
  libvirt-clients-qemu python3-libvirt python3-lxml python3-cryptography bash \
  gcc-arm-none-eabi gcc-riscv64-unknown-elf qemu-system-arm qemu-system-misc \
  clang lld llvm qemu-system-x86 qemu-efi-aarch64 mtools \
  qemu-user gcc-s390x-linux-gnu libc6-dev-s390x-cross gcc-i686-linux-gnu libc6-dev-i386-cross \
  gcc-aarch64-linux-gnu libc6-dev-arm64-cross musl-tools gdb-multiarch \
  libclang-rt-14-dev libssl-dev valgrind binutils clang-tidy clang-format cppcheck shellcheck \
  python3-unicorn python3-distutils
cmake --preset host -DBUILD_TESTING=ON
cmake --build --preset host
exec ctest --test-dir build/host --output-on-failure -j "$(nproc)" "$@"
