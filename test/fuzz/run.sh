#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# Runs a fuzz target on its stored corpus, and on inputs that it makes from that:
#   run.sh FOLDER TARGET [OPTION OF LIBFUZZER]...
# FOLDER holds the targets. An input that fails is left in FOLDER/found.
set -eu

folder=$1
target=$2
shift 2
here=$(dirname "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

[ ! -e "$here/$target.dict" ] || set -- "$@" -dict="$here/$target.dict"
mkdir -p "$folder/found"
# Leaks are looked for by means that containers often forbid; nothing here allocates.
ASAN_OPTIONS=detect_leaks=0 "$folder/$target" -timeout=20 -print_final_stats=1 \
  -artifact_prefix="$folder/found/$target-" "$@" "$work" "$here/corpus/$target"
