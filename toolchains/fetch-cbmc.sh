#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# Downloads CBMC 6 into a folder, once, and prints the path of a command that runs it:
#
#   fetch-cbmc.sh FOLDER
#
# Debian has it from trixie on. The packages, whose signatures apt checks, are
# unpacked and run with a C library of their own: nothing is installed.
set -eu

mkdir -p "$1"
folder=$(CDPATH='' cd -- "$1" && pwd)
tree=$folder/cbmc
packages="cbmc minisat libc6 libgcc-s1 libstdc++6 zlib1g"

say() { printf 'fetch-cbmc: %s\n' "$*" >&2; }

# apt with lists and sources of its own: nothing of the machine's is changed.
write_apt_configuration() {
  mkdir -p "$work/lists/partial" "$work/archives/partial" "$work/sources"
  cat >"$work/sources/trixie.sources" <<END
Types: deb
URIs: $1
Suites: trixie
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
END
  cat >"$work/apt.conf" <<END
Dir::State "$work";
Dir::State::Status "/dev/null";
Dir::Cache "$work";
Dir::Etc::SourceList "/dev/null";
Dir::Etc::SourceParts "$work/sources";
APT::Sandbox::User "root";
END
}

download() {
  # shellcheck disable=SC2016 # apt-get fills it in
  mirrors=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | awk '!seen[$0]++')
  for mirror in $mirrors; do
    write_apt_configuration "$mirror"
    # shellcheck disable=SC2086 # a list of words
    if (cd "$work" && export APT_CONFIG="$work/apt.conf" &&
        apt-get update && apt-get download $packages) >"$work/log" 2>&1; then
      return
    fi
  done
  return 1
}

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
  if ! download; then
    cat "$work/log" >&2
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
