#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# Downloads Mbed TLS into a folder, once, and prints the path of its source tree:
#
#   fetch-mbedtls.sh FOLDER
#
# mbedtls.txt names the release and the SHA-256 of its archive. Where the release
# cannot be reached but a Debian mirror can, the tree comes from Debian's source
# package, whose signatures apt checks; it may be a later 3.6. The name and the SHA-256
# of the archive are left beside the tree, in TREE.sha256, as sha256sum prints them.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
read -r version sha256 <"$here/mbedtls.txt"
release=https://github.com/Mbed-TLS/mbedtls/releases/download
mkdir -p "$1"
folder=$(CDPATH='' cd -- "$1" && pwd)

say() { printf 'fetch-mbedtls: %s\n' "$*" >&2; }

is_new_enough() {
  [ "$(printf '%s\n' "$version" "${1##*-}" | sort -V | head -n 1)" = "$version" ]
}

fetched_tree() {
  for tree in "$folder"/mbedtls-3.6.*; do
    [ -d "$tree" ] && is_new_enough "$tree" && printf '%s\n' "$tree" && return
  done
  return 1
}

from_release() {
  archive=mbedtls-$version.tar.bz2
  curl -fsSL --connect-timeout 15 --retry 2 -o "$work/$archive" \
    "$release/mbedtls-$version/$archive" 2>"$work/log" || return 1
  printf '%s  %s\n' "$sha256" "$work/$archive" | sha256sum --check --quiet >&2 && return
  say "the release's archive does not have the SHA-256 in mbedtls.txt"
  exit 1
}

from_debian() {
  "$here/apt-trixie.sh" "$work" deb-src source --download-only mbedtls &&
    archive=$(cd "$work" && ls mbedtls_3.6.*.orig.tar.bz2)
}

if fetched_tree; then
  exit
fi
work=$(mktemp -d "$folder/.fetch.XXXXXX")
trap 'rm -rf "$work"' EXIT
if ! from_release; then
  say "no answer from the release's site; trying Debian's source package"
  if ! from_debian; then
    say "no Mbed TLS 3.6: name a source tree with -DSEVLAUNCH_MBEDTLS_SOURCE=DIR"
    exit 1
  fi
fi
mkdir "$work/tree"
tar -xjf "$work/$archive" -C "$work/tree"
tree=$(cd "$work/tree" && ls -d mbedtls-3.6.*)
(cd "$work" && sha256sum "$archive") >"$folder/$tree.sha256"
mv "$work/tree/$tree" "$folder/"
fetched_tree
