#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# Downloads the sources of a dependency into a folder, once, and prints the path of the
# tree:
#
#   fetch.sh [--offline] mbedtls|ncdc FOLDER
#
# With --offline it downloads nothing: the archive must be in the folder.
#
# pins.txt has the release, the SHA-256 of its archive, and its address. If that cannot be
# reached but a Debian mirror can, the archive comes from Debian's source package, whose
# signatures apt checks; it may be a later release of the same series.
#
# TREE.sha256 has the name and the SHA-256 of the archive, as sha256sum prints them. The
# archive stays beside it: each call compares the archive with pins.txt, and the tree with
# the archive. If a release is not in pins.txt, it compares the archive with TREE.sha256:
# whoever can write there can forge that.
set -eu

offline=false
if [ "$1" = --offline ]; then
  offline=true
  shift
fi
name=$1
mkdir -p "$2"
folder=$(CDPATH='' cd -- "$2" && pwd)
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
# shellcheck disable=SC2046 # a list of words
set -- $(grep "^$name " "$here/pins.txt")
pinned=$2
pinned_sha256=$3
url=$4
series=${pinned%.*}
option=-DSEVLAUNCH_$(printf '%s' "$name" | tr '[:lower:]' '[:upper:]')_SOURCE=DIR

say() { printf 'fetch: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

sum_of() { sha256sum <"$1" | cut -d ' ' -f 1; }

is_new_enough() {
  [ "$(printf '%s\n' "$pinned" "$1" | sort -V | head -n 1)" = "$pinned" ]
}

# Finds an archive in the folder; sets version, archive and the expected SHA-256.
find_fetched() {
  for record in "$folder/$name-$pinned.sha256" "$folder/$name-$series".*.sha256; do
    version=$(basename "$record" .sha256)
    version=${version#"$name-"}
    if [ -e "$record" ] && is_new_enough "$version"; then
      read -r expected archive <"$record"
      [ ! -f "$folder/$archive" ] || return 0
    fi
  done
  return 1
}

find_put_by_hand() {
  version=$pinned
  archive=${url##*/}
  [ -f "$folder/$archive" ]
}

# What is now in that folder is what later calls expect.
record_archive() {
  expected=$(sum_of "$1/$archive")
  check_archive "$1/$archive"
  [ "$1" = "$folder" ] || mv "$1/$archive" "$folder/"
  printf '%s  %s\n' "$expected" "$archive" >"$work/record"
  mv "$work/record" "$folder/$name-$version.sha256"
}

from_release() {
  version=$pinned
  archive=${url##*/}
  curl -fsSL --connect-timeout 15 --retry 2 -o "$work/$archive" "$url" 2>"$work/log"
}

from_debian() {
  "$here/apt-suite.sh" trixie "$work" deb-src source --download-only --tar-only "$name" || return 1
  archive=$(cd "$work" && find . -name "${name}_$series.*.orig.tar.*[z2]")
  archive=${archive#./}
  version=${archive#"${name}_"}
  version=${version%%.orig.*}
  [ -n "$archive" ] && is_new_enough "$version"
}

download() {
  ! $offline || fail "no $name $pinned, and nothing is to be downloaded: put $url into $folder," \
    "or name a source tree with $option"
  if ! from_release; then
    say "no answer from ${url%%/"$name"*}; trying Debian's source package"
    from_debian || fail "no $name $pinned or later $series: name a source tree with $option"
  fi
  record_archive "$work"
}

check_archive() {
  [ "$version" != "$pinned" ] || expected=$pinned_sha256
  sum=$(sum_of "$1")
  [ "$sum" = "$expected" ] ||
    fail "$1: its SHA-256 is to be $expected for $name $version, and is $sum"
}

# Extracts the archive. It becomes the tree, or is compared with the tree that is there.
check_tree() {
  mkdir "$work/extracted"
  tar -xf "$folder/$archive" -C "$work/extracted"
  mv "$work/extracted"/* "$work/$name-$version"
  [ -d "$tree" ] || mv -T "$work/$name-$version" "$tree"
  [ -d "$work/$name-$version" ] || return 0
  found=$(cd "$work" && LC_ALL=C diff -rq --no-dereference "$name-$version" "$tree" | head -n 1)
  [ -z "$found" ] || fail "$tree is not what $archive holds: $found; delete the tree to get it anew"
}

work=$(mktemp -d "$folder/.fetch.XXXXXX")
trap 'rm -rf "$work"' EXIT
if find_fetched; then
  check_archive "$folder/$archive"
elif find_put_by_hand; then
  record_archive "$folder"
else
  download
fi
tree=$folder/$name-$version
check_tree
printf '%s\n' "$tree"
