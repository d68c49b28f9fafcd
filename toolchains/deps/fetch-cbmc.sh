#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# Downloads CBMC 6 into a folder, once, and prints the path of a command that runs it:
#
#   fetch-cbmc.sh FOLDER
#
# Debian has it from trixie on. apt checks the packages' signatures. They are unpacked,
# and run with their own C library: nothing is installed.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
mkdir -p "$1"
folder=$(CDPATH='' cd -- "$1" && pwd)
tree=$folder/cbmc
packages="cbmc minisat libc6 libgcc-s1 libstdc++6 zlib1g"

say() { printf 'fetch-cbmc: %s\n' "$*" >&2; }

write_command() {
  cat >"$1" <<'END'
#!/bin/sh
root=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
set -- "$root/usr/bin/cbmc" "$@"
for loader in "$root"/usr/lib/*/ld-linux-*; do
  exec "$loader" --library-path "${loader%/*}:$root/usr/lib" "$@"
done
END
  chmod +x "$1"
}

if [ ! -d "$tree" ]; then
  work=$(mktemp -d "$folder/.fetch.XXXXXX")
  trap 'rm -rf "$work"' EXIT
  # shellcheck disable=SC2086 # a list of words
  if ! "$here/apt-suite.sh" trixie "$work" deb download $packages; then
    say "no Debian mirror that has CBMC 6 in trixie"
    exit 1
  fi
  for package in "$work"/*.deb; do
    dpkg -x "$package" "$work/tree"
  done
  write_command "$work/tree/run"
  mv "$work/tree" "$tree"
fi
printf '%s\n' "$tree/run"
