#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# Asks one question of all code, without running it:
#   check.sh QUESTION MBEDTLS JSMN
# MBEDTLS is its source tree, JSMN the folder of jsmn.h. The functions at the end are
# the questions.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
mbedtls=$2
jsmn=$3

fail() { echo "$*" >&2; exit 1; }

# Prints nothing, or fails with what was found.
none() { [ -z "$2" ] || fail "$1:
$2"; }

# What runs on this machine; the code for others is compiled with warnings as errors
# by their own compilers.
hosted="$(echo core/*.c apps/validate/*.c port/posix/*.c) port/sha256/hook.c
  port/sha256/x86_64.c port/freestanding/memory.c"
efi=$(echo port/efi/*.c)
common="-std=c11 -Icore -Icore/include -Iapps/validate -Iport"
hosted_flags="$common -Iport/posix -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE
  -DSEVLAUNCH_BUFFER_SIZE=65536 -isystem $mbedtls/include -isystem $jsmn
  -include $here/strings.h"
efi_flags="$common -Iport/efi"
warnings="-Wall -Wextra -Wconversion -Wshadow -Wundef -Wstrict-prototypes -Wmissing-prototypes
  -Wvla -Wcast-align -Werror"

# Compiler and flags. The options are lists of words.
# shellcheck disable=SC2086
compile() {
  for file in $hosted; do
    "$@" $hosted_flags $warnings -c "$file" -o /dev/null
  done
  for file in $efi; do
    "$@" $efi_flags $warnings -c "$file" -o /dev/null
  done
}

warnings_gcc() { compile gcc -O2 -Wformat=2 -Wlogical-op -Wduplicated-cond -Wnull-dereference; }
warnings_clang() { compile clang -O2 -Wformat=2 -Wcomma -Wassign-enum -Wconditional-uninitialized; }
analyzer() { compile gcc -O1 -fanalyzer; }

# .clang-tidy at the top level says which checks.
# shellcheck disable=SC2086
tidy() {
  clang-tidy --quiet --warnings-as-errors='*' $hosted -- $hosted_flags
  clang-tidy --quiet --warnings-as-errors='*' $efi -- $efi_flags
}

run_cppcheck() {
  cppcheck --quiet --std=c11 -I core -I core/include -I apps/validate -I port -I port/posix \
    -D__GNUC__ -DSEVLAUNCH_BUFFER_SIZE=65536 --include="$here/strings.h" \
    --template='{file}:{line}: {id}: {message}' --suppressions-list="$here/cppcheck.txt" \
    "$@" core apps port/posix port/freestanding port/sha256 2>&1
}

cppcheck_own() {
  none "cppcheck" "$(run_cppcheck --enable=warning,style,performance,portability)"
}

# misra.txt names the rules of MISRA C:2012 that are deviated from, and why; each must
# still be.
cppcheck_misra() {
  dumps=$(mktemp -d) # which are beside the sources otherwise
  found=$(run_cppcheck --addon=misra --cppcheck-build-dir="$dumps")
  rm -rf "$dumps"
  broken=$(echo "$found" | grep -oE 'misra-c2012-[0-9.]+' | sort -u)
  allowed=$(sed -nE 's/^([0-9]+\.[0-9]+) .+/misra-c2012-\1/p' "$here/misra.txt" | sort -u)
  new=$(echo "$broken" | grep -vxF "$allowed" || true)
  old=$(echo "$allowed" | grep -vxF "$broken" || true)
  none "no longer deviated from: see misra.txt" "$old"
  [ -z "$new" ] || fail "$(echo "$found" | grep -F "$new")"
}

# Each header includes what it needs; the public ones are C++ too.
# shellcheck disable=SC2086
headers() {
  for header in core/*.h core/include/sevlaunch/*.h apps/validate/*.h port/*.h port/posix/*.h \
    port/sha256/*.h; do
    gcc $hosted_flags $warnings -Wno-unused-variable -fsyntax-only -x c "$header"
  done
  for header in port/efi/*.h; do
    gcc $efi_flags $warnings -fsyntax-only -x c "$header"
  done
  for header in core/include/sevlaunch/*.h; do
    clang -x c++ -std=c++11 -Icore/include -Wall -Wextra -Werror -fsyntax-only "$header"
  done
}

format() {
  find core port apps test -name '*.[ch]' -exec clang-format --dry-run -Werror {} +
}

shell() {
  find . -path ./build -prune -o -path ./.git -prune -o -name '*.sh' -exec shellcheck {} +
  shellcheck .ci/run
}

# Files, a pattern, and what is allowed of that.
others() {
  # shellcheck disable=SC2086
  grep -rnE --include='*.[ch]' "$2" $1 | grep -vE "$3" || true
}

# Of the project; where git does not tell, without what tests leave meanwhile.
files() {
  git ls-files core port apps test toolchains .ci 2>/dev/null | grep -v '^test/fuzz/corpus/' ||
    find core port apps test toolchains .ci -type f ! -path 'test/fuzz/corpus/*' \
      ! -path '*/__pycache__/*'
}

allowed() {
  none "memcmp() ends at the first difference" "$(others "core apps port" \
    '(^|[^_[:alnum:]])memcmp *\(' '^port/freestanding/')"
  none "core/crypto.c and port/sha256/context.h alone know Mbed TLS" "$(others "core apps port" \
    '# *include *[<"]mbedtls/' '^(core/crypto\.c|port/sha256/context\.h):')"
  none "the core has freestanding headers, string.h and jsmn" "$(others core '# *include *<' \
    '<(std(bool|def|int)|string|jsmn|mbedtls/[a-z0-9_]+)\.h>')"
  none "the command has freestanding headers, string.h and the core" "$(others apps \
    '# *include *<' '<(std(bool|def|int)|string|sevlaunch/[a-z0-9_]+)\.h>')"
  none "nothing is allocated" "$(others "core apps port" \
    '(^|[^_[:alnum:]])(malloc|calloc|realloc|free|alloca|strdup) *\(' '^port/freestanding/')"
  none "the core knows no platform" "$(others core '^ *# *(if|ifdef|elif) ' \
    '__GNUC__')"
  none "a file does not say its licence" "$(files | grep -vE '\.(md|1|in|txt|dict|supp|ignored)$' |
    while read -r file; do
      head -n 2 "$file" | grep -q SPDX-License-Identifier || echo "$file"
    done)"
}

"$1"
