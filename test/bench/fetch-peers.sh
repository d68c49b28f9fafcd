#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# Downloads the sources of a peer and of all that it is built from, once, and prints the path
# of the tree that Debian's packages unpack to. Nothing is installed.
#
#   fetch-peers.sh rust|go FOLDER
#
# rust: the crate sev, in usr/share/cargo/registry
# go:   go-sev-guest in usr/share/gocode, and the compiler of its suite in usr/lib/go
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
apt="$here/../../toolchains/deps/apt-suite.sh"
mkdir -p "$2"
tree=$(CDPATH='' cd -- "$2" && pwd)/$1

case $1 in
  rust) suite=sid wanted="librust-sev-dev librust-sev+openssl-dev" kept='^librust-' ;;
  go) suite=trixie wanted="golang-github-google-go-sev-guest-dev golang-go" kept='^golang-' ;;
esac

# Names of the packages that the wanted ones need, of those that hold sources or a compiler.
needed() {
  sed -n "s/^'[^']*' \([^_]*\)_.*/\1/p" "$work/log" | grep "$kept"
}

if [ ! -d "$tree" ]; then
  work=$(mktemp -d "$tree.XXXXXX")
  trap 'rm -rf "$work"' EXIT
  # shellcheck disable=SC2086 # a list of words
  "$apt" "$suite" "$work" deb install --print-uris -y --no-install-recommends $wanted
  # shellcheck disable=SC2046 # names
  "$apt" "$suite" "$work" deb download $(needed)
  for package in "$work"/*.deb; do
    dpkg -x "$package" "$work/tree"
  done
  mv "$work/tree" "$tree"
fi
printf '%s\n' "$tree"
