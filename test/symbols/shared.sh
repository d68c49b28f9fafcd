#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# The shared library shows what the public headers declare: no more, and no less.
#   shared.sh NM LIBRARY CC SOURCE
set -eu
export LC_ALL=C

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$1" --dynamic --defined-only --format=posix "$2" |
  awk '$2 != "A" { sub(/@.*/, "", $1); print $1 }' | sort >"$work/shown"
"$4/test/symbols/declared.py" "$3" "$4/core/include" >"$work/declared"
grep -qx sevl_measurement_verify "$work/declared" || { echo "no declarations found"; exit 1; }
diff "$work/declared" "$work/shown"
