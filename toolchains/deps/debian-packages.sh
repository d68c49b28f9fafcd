#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# Installs those of the named Debian packages that are missing.
set -eu

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  else
    sudo "$@"
  fi
}

missing=
for package; do
  status=$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null || true)
  [ "$status" = "install ok installed" ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0
echo "Installing:$missing" >&2
as_root apt-get update -qq
# shellcheck disable=SC2086 # a list of words
as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y \
  --no-install-recommends $missing >/dev/null
