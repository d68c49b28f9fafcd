#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# Runs an apt-get command on a suite of Debian, with the first of this machine's mirrors on
# which it succeeds. FOLDER gets what it downloads, and its output as the file log:
#
#   apt-suite.sh SUITE FOLDER deb|deb-src COMMAND...
#
# apt has its own lists and sources there: it changes nothing of the machine.
set -eu

suite=$1
folder=$2
type=$3
shift 3

write_configuration() {
  mkdir -p "$folder/lists/partial" "$folder/archives/partial" "$folder/sources"
  cat >"$folder/sources/$suite.sources" <<END
Types: $type
URIs: $1
Suites: $suite
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
END
  cat >"$folder/apt.conf" <<END
Dir::State "$folder";
Dir::State::Status "/dev/null";
Dir::Cache "$folder";
Dir::Etc::SourceList "/dev/null";
Dir::Etc::SourceParts "$folder/sources";
APT::Sandbox::User "root";
END
}

mirrors=$("$(dirname "$0")/apt-mirrors.sh")
cd "$folder"
echo "apt names no mirror of Debian" >log
for mirror in $mirrors; do
  write_configuration "$mirror"
  if (export APT_CONFIG="$folder/apt.conf" && apt-get update && apt-get "$@") >log 2>&1; then
    exit
  fi
done
cat log >&2
exit 1
