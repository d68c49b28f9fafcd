#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# Does what is installed work where it is installed, for users and for builders?
#   check.sh SOURCE BUILD CC
# Installs into a folder, builds README's example against it through pkg-config
# and through CMake, and does the same with the Debian package.
set -eu

source=$1
build=$2
cc=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() { echo "$*" >&2; exit 1; }

# README's example, as it stands there, with a launch for it to validate.
awk '/^```c$/ { inside = 1; next } /^```$/ { inside = 0 } inside' "$source/README.md" \
  >"$work/validate.c"
grep -q sevl_measurement_verify "$work/validate.c" || fail "README.md holds no example"
cp "$source/test/install/example.c" "$work/"

check_command() {
  "$1/bin/virt-qemu-sev-validate" --self-test
  version=$("$1/bin/virt-qemu-sev-validate" --version)
  case $version in *" $(sed -n 's/^Version: //p' "$2/sevlaunch.pc")") ;; *) fail "$version" ;; esac
  man=$(mandoc -T ascii "$1/share/man/man1/virt-qemu-sev-validate.1"*) || fail "no man page"
  [ -n "$man" ]
}

# prefix, folder of the library
check_prefix() {
  pkgconfig=$2/pkgconfig
  check_command "$1" "$pkgconfig"
  flags=$(PKG_CONFIG_PATH=$pkgconfig${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH} pkg-config --define-prefix --cflags --libs sevlaunch)
  # shellcheck disable=SC2086 # a list of words
  "$cc" -std=c11 -Wall -Wextra -Werror -o "$work/by-pkg-config" "$work/example.c" $flags
  "$work/by-pkg-config"

  cp "$source/test/install/CMakeLists.txt.in" "$work/CMakeLists.txt"
  cmake -G Ninja -S "$work" -B "$work/build" -Dsevlaunch_ROOT="$1" -DCMAKE_C_COMPILER="$cc" >/dev/null
  cmake --build "$work/build" >/dev/null
  "$work/build/example"
  rm -rf "$work/build" "$work/by-pkg-config"
}

cmake --install "$build" --prefix "$work/prefix" >/dev/null
check_prefix "$work/prefix" "$(dirname "$(find "$work/prefix" -name libsevlaunch.a)")"

(cd "$build" && cpack -G DEB -B "$work/package" >/dev/null)
mkdir -p "$work/root/var/lib/dpkg/info" "$work/root/var/lib/dpkg/updates"
: >"$work/root/var/lib/dpkg/status"
dpkg --root="$work/root" --force-depends --force-not-root --force-script-chrootless \
  --log=/dev/null --install "$work"/package/*.deb >/dev/null
check_prefix "$work/root/usr" "$(dirname "$(find "$work/root" -name libsevlaunch.a)")"
dpkg-deb --field "$work"/package/*.deb Depends | grep -q libc6 || fail "Depends lacks libc6"
