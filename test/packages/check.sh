#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# Asks one question of the Debian packages of a build:
#   check.sh QUESTION BUILD
# The functions at the end are the questions.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
build=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"

make_packages() { (cd "$build" && cpack -G DEB -B "$work" >/dev/null 2>&1); }

# Runs a script of this folder in a copy of this machine, which only root can make.
in_copy() {
  if ! unshare --mount --pid --fork true; then
    echo "skipped: this user cannot make a copy of this machine"
    if [ "${CI-}" = true ]; then exit 1; fi
    exit 77
  fi
  cp "$here/$1" "$work"
  "$here/in_copy.sh" "$work" "./$1"
}

# Not asked: symbols, for there is one release; fortify, for the command is compiled
# freestanding and calls none of the functions that this checks.
lintian() {
  command lintian --allow-root --display-info --pedantic --fail-on error,warning,info,pedantic \
    --suppress-tags no-symbols-control-file,hardening-no-fortify-functions "$work"/*.deb
}

alternatives() { in_copy alternatives.sh; }

initramfs() {
  cp "$here/../../toolchains/package/initramfs/README.md" "$work"
  in_copy initramfs.sh
}

make_packages
"$1"
