#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# Can a program link the system's Mbed TLS, too? Each side gets its own functions, whichever
# of the two libraries stands first, and each of them static or shared:
#   beside.sh SOURCE CC STATIC SHARED MBEDTLS
# STATIC, SHARED and MBEDTLS are the files of this build.
set -eu

source=$1
cc=$2
static=$3
shared=$4
mbedtls=$5
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
{
  printf abc | sha224sum
  printf abc | sha256sum
} | cut -d ' ' -f 1 >"$work/expected"

fail() { echo "$*" >&2; exit 1; }

# What a program is linked with, in this order.
check() {
  "$cc" -std=c11 -Wall -Wextra -Werror -I"$source/core/include" -o "$work/program" \
    "$source/test/mbedtls/beside.c" "$@" "-Wl,-rpath,${shared%/*}"
  "$work/program" >"$work/printed" || fail "linked with $*: ends with $?"
  cmp "$work/expected" "$work/printed" || fail "linked with $*: $(cat "$work/printed")"
}

for theirs in -lmbedcrypto -l:libmbedcrypto.a; do
  check "$static" "$mbedtls" "$theirs"
  check "$theirs" "$static" "$mbedtls"
  check "$shared" "$theirs"
  check "$theirs" "$shared"
done
# All of both: they have no name in common.
check -Wl,--whole-archive "$static" "$mbedtls" -l:libmbedcrypto.a -Wl,--no-whole-archive
