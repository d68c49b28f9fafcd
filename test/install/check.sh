#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# Does what is installed work where it is installed, for users and for builders?
#   check.sh SOURCE BUILD CC CXX OPTION...
# Installs into a folder, which it moves then, and, from the Debian packages, into another.
# In each it compiles every header alone, links all of the static library into another
# library, and builds programs in C and C++ through pkg-config and through
# CMake, with the static library and with the shared one. OPTION is for a CMake project
# that builds sevlaunch as a part of itself.
set -eu

source=$1
build=$2
cc=$3
cxx=$4
shift 4
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
warnings="-Wall -Wextra -Wpedantic -Werror"

fail() { echo "$*" >&2; exit 1; }

# README's example, as it stands there, with a launch for it to validate; and a program in
# C++ that refers to all that the headers declare.
write_programs() {
  awk '/^```c$/ { inside = 1; next } /^```$/ { inside = 0 } inside' "$source/README.md" \
    >"$work/validate.c"
  grep -q sevl_measurement_verify "$work/validate.c" || fail "README.md holds no example"
  cp "$source/test/install/example.c" "$work/in-c.c"
  cp "$source/test/install/example.c" "$work/in-cpp.cpp"
  all=$("$source/test/symbols/declared.py" "$cc" "$source/core/include")
  cat >"$work/all.cpp" <<END
#include <sevlaunch/sevlaunch.h>
template <class T> static const void *address(T &of)
{
    return reinterpret_cast<const void *>(&of);
}
int main()
{
    const void *volatile all[] = {
$(echo "$all" | sed 's/.*/        address(&),/')
    };
    for (const void *each : all)
        if (each == nullptr)
            return 1;
    return 0;
}
END
}

# Where it is installed, and its name there.
check_command() {
  "$1/bin/$2" --self-test
  version=$("$1/bin/$2" --version)
  case $version in *" $(pkg-config --modversion sevlaunch)") ;; *) fail "$version" ;; esac
  man=$(mandoc -T ascii "$1/share/man/man1/$2.1"*) || fail "no man page"
  [ -n "$man" ]
}

# At a random address; with no table that can be written after the start, nor a function that
# returns over a stack that was overrun.
check_hardening() {
  readelf --file-header --program-headers --dynamic --dyn-syms --wide "$1" >"$work/elf"
  for sign in 'Type: *DYN' GNU_RELRO 'BIND_NOW|Flags:.* NOW' __stack_chk_fail __memcpy_chk; do
    grep -qE "$sign" "$work/elf" || fail "$1 has no $sign"
  done
}

check_prefix_of_pkgconfig() {
  found=$(pkg-config --variable=prefix sevlaunch)
  [ "$(realpath "$found")" = "$(realpath "$1")" ] || fail "pkg-config's prefix is $found, not $1"
}

# shellcheck disable=SC2046 # a list of words
check_position_independence() {
  "$cc" -shared -Wl,-z,text -Wl,-z,defs -o "$work/another.so" -Wl,--whole-archive \
    "$1"/libsevlaunch*.a -Wl,--no-whole-archive \
    $(pkg-config --static --libs-only-L --libs-only-l sevlaunch) || fail "$1: not for a library"
}

# shellcheck disable=SC2086 # a list of words
check_headers() {
  for header in $(cd "$1" && find sevlaunch -name '*.h'); do
    echo "#include <$header>" >"$work/header"
    "$cc" -std=c11 $warnings -fsyntax-only -I"$1" -x c "$work/header"
    "$cxx" -std=c++17 $warnings -fsyntax-only -I"$1" -x c++ "$work/header"
  done
  version=$(printf '%s\n' "#include <sevlaunch/sevlaunch.h>" \
    "SEVL_VERSION_MAJOR.SEVL_VERSION_MINOR.SEVL_VERSION_PATCH" | "$cc" -E -P -I"$1" - |
    tail -n 1 | tr -d ' ')
  [ "$version" = "$(pkg-config --modversion sevlaunch)" ] || fail "the headers are of $version"
}

# static or shared, and a program that is linked so. $libraries is where it may look.
check_program() {
  needed=$(readelf --dynamic "$2" | grep -F 'NEEDED' | grep -cF '[libsevlaunch.so.0]' || true)
  case $1$needed in static0 | shared1) ;; *) fail "$2 is not linked $1" ;; esac
  LD_LIBRARY_PATH=$libraries LD_BIND_NOW=1 "$2" || fail "$2, $1, ends with $?"
}

# shellcheck disable=SC2086,SC2046 # lists of words
check_pkgconfig() {
  case $1 in static) static=--static option=-static ;; shared) static='' option='' ;; esac
  flags="$(pkg-config $static --cflags --libs sevlaunch) $option"
  "$cc" -std=c11 $warnings -o "$work/program" "$work/in-c.c" $flags
  check_program "$1" "$work/program"
  for program in in-cpp all; do
    "$cxx" -std=c++17 $warnings -o "$work/program" "$work/$program.cpp" $flags
    check_program "$1" "$work/program"
  done
}

# static or shared, and options for CMake
check_cmake() {
  case $1 in static) shared=OFF ;; shared) shared=ON ;; esac
  how=$1
  shift
  mkdir "$work/consumer"
  cp "$work"/*.c "$work"/*.cpp "$work/consumer"
  cp "$source/test/install/consumer.cmake" "$work/consumer/CMakeLists.txt"
  cmake -G Ninja -S "$work/consumer" -B "$work/consumer/build" -DBUILD_SHARED_LIBS="$shared" \
    -DCMAKE_C_COMPILER="$cc" -DCMAKE_CXX_COMPILER="$cxx" "$@" >/dev/null
  cmake --build "$work/consumer/build" --target consumers >/dev/null
  for program in "$work"/consumer/build/*.out; do check_program "$how" "$program"; done
  rm -rf "$work/consumer"
}

check_prefix() {
  libraries=$(dirname "$(find "$1" -name libsevlaunch.a)")
  (
    export PKG_CONFIG_PATH="$libraries/pkgconfig${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}"
    check_command "$1" "$2"
    check_hardening "$1/bin/$2"
    check_hardening "$1/bin/sevlaunch"
    check_prefix_of_pkgconfig "$1"
    check_position_independence "$libraries"
    check_headers "$1/include"
    for how in static shared; do
      check_pkgconfig $how
      check_cmake $how -Dsevlaunch_ROOT="$1"
    done
  )
}

field() { dpkg-deb --field "$work/package/$1"_*.deb "$2"; }

# A package, the section of Debian that it belongs to, what it depends on, and some of what
# it holds.
check_package() {
  package=$1
  [ "$(field "$1" Section)" = "$2" ] || fail "$1 is in the section $(field "$1" Section)"
  field "$1" Depends | grep -qE "(^|, )$3(,|$)" || fail "$1 depends on $(field "$1" Depends)"
  dpkg-deb --contents "$work/package/$1"_*.deb | awk '{ print $6 }' >"$work/contents"
  shift 3
  for file in "$@" "share/doc/$package/copyright" "share/doc/$package/changelog.gz" \
    "share/doc/$package/sevlaunch.spdx.json"; do
    grep -qxF "./usr/$file" "$work/contents" || fail "$package lacks $file"
  done
}

check_packages() {
  version=$(field libsevlaunch0 Version)
  lib=lib/$(dpkg-architecture -qDEB_HOST_MULTIARCH)
  check_package virt-qemu-sev-validate admin 'libc6 \(.*\)' \
    bin/virt-qemu-sev-validate.sevlaunch share/man/man1/virt-qemu-sev-validate.sevlaunch.1.gz \
    share/bash-completion/completions/virt-qemu-sev-validate \
    bin/sevlaunch share/man/man1/sevlaunch.1.gz share/bash-completion/completions/sevlaunch
  check_package libsevlaunch0 libs 'libc6 \(.*\)' \
    "$lib/libsevlaunch.so.0" "$lib/libsevlaunch.so.$version"
  check_package libsevlaunch-dev libdevel "libsevlaunch0 \\(= $version\\)" \
    "$lib/libsevlaunch.a" "$lib/libsevlaunch.so" "$lib/pkgconfig/sevlaunch.pc" \
    "$lib/cmake/sevlaunch/sevlaunch-config.cmake" include/sevlaunch/sevlaunch.h
  dpkg-deb --ctrl-tarfile "$work/package"/libsevlaunch0_*.deb | tar -xO ./shlibs |
    grep -qxF "libsevlaunch 0 libsevlaunch0 (>= $version)" || fail "no line for those who link it"
  dpkg-deb --ctrl-tarfile "$work/package"/libsevlaunch0_*.deb | tar -xO ./triggers |
    grep -qxF "activate-noawait ldconfig" || fail "nothing runs ldconfig"
}

# The scripts of the packages change what is in the folder; a trigger of libc6 is not there.
install_packages() {
  mkdir -p "$1/etc" "$1/var/lib/dpkg/info" "$1/var/lib/dpkg/updates"
  : >"$1/var/lib/dpkg/status"
  dpkg --root="$1" --force-depends --force-not-root --force-script-chrootless \
    --log=/dev/null --install "$work"/package/*.deb >/dev/null
  /sbin/ldconfig -r "$1"
  /sbin/ldconfig -C "$1/etc/ld.so.cache" -p | grep -q libsevlaunch.so.0 ||
    fail "programs do not find libsevlaunch.so.0"
}

write_programs
cmake --install "$build" --prefix "$work/prefix" >/dev/null
for licence in LICENSE LICENSE.yxml; do
  [ -s "$work/prefix/share/doc/sevlaunch/$licence" ] || fail "$licence is not installed"
done
mv "$work/prefix" "$work/moved"
check_prefix "$work/moved" virt-qemu-sev-validate

(cd "$build" && cpack -G DEB -B "$work/package" >/dev/null)
check_packages
install_packages "$work/root"
check_prefix "$work/root/usr" virt-qemu-sev-validate.sevlaunch

libraries=
for how in static shared; do check_cmake $how -DSEVLAUNCH_SOURCE="$source" "$@"; done
