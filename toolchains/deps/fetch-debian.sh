#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# Downloads a Debian package into a folder, once, and prints the path of the tree that it
# unpacks to. Tests read what is in there; nothing is installed.
#
#   fetch-debian.sh [--offline] PACKAGE FOLDER
#
# debian-pins.txt has the versions that will do, the newest first: each has its SHA-256, and
# its path on every mirror of Debian. It takes the first that is in the folder, or else that
# a mirror of this machine's apt has, whatever suites this machine uses. With --offline it
# downloads nothing.
#
# Each call compares the package with its SHA-256, and the tree with the package. Where no
# version is to be had it ends with 77 after a line that says so; other bytes end it with 1.
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
pins=$(grep "^$name " "$here/debian-pins.txt")
helper=/usr/lib/apt/apt-helper

say() { printf 'fetch-debian: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }
give_up() { say "no $name $(printf '%s\n' "$pins" | cut -d ' ' -f 2 | paste -sd ' '): $*"; exit 77; }

# Sets the parts of a line of the pins.
read_pin() {
  # shellcheck disable=SC2086 # a list of words
  set -- $1
  tree=$folder/$name-$2
  sha256=$3
  path=$4
  archive=${path##*/}
}

# Of the versions, in the order of the pins, the first for which a command succeeds.
first_version() {
  lines=$(printf '%s\n' "$pins" | wc -l)
  for line in $(seq "$lines"); do
    read_pin "$(printf '%s\n' "$pins" | sed -n "${line}p")"
    if "$@"; then return; fi
  done
  return 1
}

is_there() { [ -f "$folder/$archive" ]; }

download() {
  for mirror in $mirrors; do
    if "$helper" -o APT::Sandbox::User=root -o Acquire::Retries=1 -o Acquire::http::Timeout=15 \
      download-file "$mirror$path" "$work/$archive" >"$work/log" 2>&1; then
      return
    fi
  done
  return 1
}

check_archive() {
  sum=$(sha256sum <"$1" | cut -d ' ' -f 1)
  [ "$sum" = "$sha256" ] || fail "$1: its SHA-256 is to be $sha256, and is $sum"
}

get_archive() {
  ! first_version is_there || return 0
  ! $offline || give_up "nothing is to be downloaded: put the package into $folder"
  mirrors=$("$here/apt-mirrors.sh")
  [ -n "$mirrors" ] || give_up "apt names no mirror: put the package into $folder"
  [ -x "$helper" ] || give_up "$helper is not there: put the package into $folder"
  first_version download || give_up "no mirror of this machine has it"
  check_archive "$work/$archive"
  mv "$work/$archive" "$folder/"
}

# Another run may make the same tree meanwhile.
check_tree() {
  dpkg-deb -x "$folder/$archive" "$work/tree"
  [ -d "$tree" ] || mv -T "$work/tree" "$tree" 2>/dev/null || [ -d "$tree" ]
  [ -d "$work/tree" ] || return 0
  found=$(LC_ALL=C diff -rq --no-dereference "$work/tree" "$tree" | head -n 1)
  [ -z "$found" ] || fail "$tree is not what $archive holds: $found; delete the tree to get it anew"
}

work=$(mktemp -d "$folder/.fetch.XXXXXX")
trap 'rm -rf "$work"' EXIT
get_archive
check_archive "$folder/$archive"
check_tree
printf '%s\n' "$tree"
