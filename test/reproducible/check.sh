#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# Builds the project in two places that differ in everything that must not matter, the
# second time outside the sources:
#   check.sh SOURCE MBEDTLS NCDC
set -eu

source=$1
mbedtls=$2
ncdc=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
first=$work/first
second=$work/another/and/much/longer/path
presets="host release cortex-m3 riscv32 efi-x86_64 efi-aarch64"

copy() {
  mkdir -p "$2"
  tar -C "$1" --exclude=./build -cf - . | tar -C "$2" -xf -
}

say_why() { cat "$1"; exit 1; }

# The log has the SHA-256 of each of these that there is, as it was printed.
check_sums() {
  log=$1
  shift
  for file in "$@"; do
    [ ! -e "$file" ] || grep -qxF "$(sha256sum "$file")" "$log" || say_why "$log"
  done
}

# Sources, Mbed TLS, the folder to build in and the number of jobs. The host's command is
# made with debug information, which names folders. Packages have none.
build() {
  cd "$1"
  log=$1.log
  for preset in $presets; do
    case $preset in host) export CFLAGS=-g ;; *) unset CFLAGS ;; esac
    {
      cmake --preset "$preset" -B "$3/$preset" -DBUILD_TESTING=OFF \
        -DSEVLAUNCH_MBEDTLS_SOURCE="$2" -DSEVLAUNCH_NCDC_SOURCE="$ncdc" &&
        cmake --build "$3/$preset" -j "$4"
    } >"$log" 2>&1 || say_why "$log"
    (cd "$3/$preset" && check_sums "$log" virt-qemu-sev-validate* token.elf)
  done
  for preset in host release; do
    (cd "$3/$preset" && cpack -G DEB) >"$log" 2>&1 || say_why "$log"
    (cd "$3/$preset" && check_sums "$log" virt-qemu-sev-validate_*.deb libsevlaunch*.deb)
  done
}

copy "$source" "$first/source"
copy "$mbedtls" "$first/mbedtls"
copy "$source" "$second/s"
copy "$mbedtls" "$second/of/mbedtls"
# Without a commit, the time of this one is that of the sources.
find "$second" ! -name CMakeLists.txt -exec touch {} +

umask 022
export TZ=UTC LC_ALL=C
(build "$first/source" "$first/mbedtls" "$first/source/build" 1)
umask 077
export TZ=Asia/Tokyo LC_ALL=C.UTF-8
(build "$second/s" "$second/of/mbedtls" "$second/built" 2)

cd "$first/source/build"
differ=0
found=0
for file in */virt-qemu-sev-validate* */token.elf */sevlaunch.spdx.json */libsevlaunch*.deb; do
  cmp "$file" "$second/built/$file" || differ=1
  found=$((found + 1))
done
[ "$found" -eq 13 ] || { echo "only $found files were built"; exit 1; }
exit "$differ"
