#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# Installs those of the named Debian packages that are missing, or prints their names:
#   debian-packages.sh [--missing] PACKAGE...
set -eu

only_print=false
if [ "${1-}" = --missing ]; then
  only_print=true
  shift
fi

# By sudo, which may ask for a password where somebody can give it.
can_be_root() {
  [ "$(id -u)" = 0 ] ||
    { command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; }; }
}

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
if $only_print; then
  echo "$missing"
  exit 0
fi
if ! can_be_root; then
  echo "These packages are missing, and only root can install them:$missing" >&2
  exit 1
fi
echo "Installing:$missing" >&2
as_root apt-get update -qq
# shellcheck disable=SC2086 # a list of words
as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y \
  --no-install-recommends $missing >/dev/null
