#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# Asks one question of all code, without running it:
#   check.sh QUESTION BUILD
# BUILD is the folder of the host's build, which says how it compiles. The functions at
# the end are the questions.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
build=$2

fail() { echo "$*" >&2; exit 1; }

# Fails with what was found, if there is something.
none() { [ -z "$2" ] || fail "$1:
$2"; }

# Skips a question whose answer depends on the program's version: that of Debian 12 decides.
need_version() {
  version=$("$1" --version | grep -oE '[0-9]+\.[0-9]+' | head -n 1)
  case $version in "$2"*) return ;; esac
  echo "skipped: it asks $1 $2, of Debian 12, and this is $version"
  exit 77
}

# What runs on this machine and on Cortex-M; the code for other CPUs is compiled with
# warnings as errors by their own compilers.
hosted="$(find core apps -name '*.c' ! -path 'apps/token/*' | sort) $(echo port/posix/*.c)
  port/cpu/registers_posix.c port/cpu/sha256/hook.c port/cpu/sha256/mbedtls_c.c
  port/cpu/sha256/mbedtls_update.c port/cpu/sha256/x86_64.c
  $(find port/cpu/sha384 -name '*.c' | grep -vE '/(aarch64|hook|mbedtls_armv8)\.c$' | sort)
  port/freestanding/memory.c port/freestanding/names.c"
efi="$(echo port/efi/*.c) port/cpu/registers_efi.c"
template=$(echo port/template/*.c)
arm="$(echo apps/token/*.c port/baremetal/*.c port/baremetal/arm/*.c)
  port/cpu/sha256/constants.c port/cpu/sha256/words.c
  port/cpu/sha384/constants.c port/cpu/sha384/hook.c port/cpu/sha384/words.c"
flags() { test/support/compile_commands.py "$build" "$@"; }
hosted_flags="-std=c11 $(flags core apps port/posix port/cpu/sha256)"
efi_flags="-std=c11 $(flags port/efi) $(flags core)"
template_flags="-std=c11 -Iport -Iport/template $(flags core)"
# A Cortex-M33 has the registers that the files for the others ask for, too.
arm_flags="-std=c11 -mcpu=cortex-m33 -mthumb -ffreestanding -Iport -Iport/freestanding
  -Iport/baremetal -Iapps/token $(flags core)"
warnings="-Wall -Wextra -Wconversion -Wshadow -Wundef -Wstrict-prototypes -Wmissing-prototypes
  -Wvla -Wcast-align -Werror"

# Files, compiler and flags.
# shellcheck disable=SC2086
compile_each() {
  files=$1
  shift
  for file in $files; do
    "$@" $warnings -c "$file" -o /dev/null
  done
}

# The compiler for this machine, the one for Cortex-M, and flags. The options are lists
# of words.
# shellcheck disable=SC2086
compile() {
  host_by=$1
  arm_by=$2
  shift 2
  compile_each "$hosted" $host_by "$@" $hosted_flags
  compile_each "$efi" $host_by "$@" $efi_flags
  compile_each "$template" $host_by "$@" $template_flags
  compile_each "$arm" $arm_by "$@" $arm_flags
}

warnings_gcc() {
  compile gcc arm-none-eabi-gcc -O2 -Wformat=2 -Wlogical-op -Wduplicated-cond -Wnull-dereference
}

warnings_clang() {
  compile clang "clang --target=arm-none-eabi" -O2 -Wformat=2 -Wcomma -Wassign-enum \
    -Wconditional-uninitialized
}

# A machine halts in an endless loop. GCC 12 takes the words of a vector for the bits of a word.
# shellcheck disable=SC2086
analyzer() {
  hosted=$(printf '%s\n' $hosted | grep -v '/sha384/lanes.c$')
  compile gcc arm-none-eabi-gcc -O1 -fanalyzer -Wno-analyzer-infinite-loop
}

# .clang-tidy at the top level says which checks.
# shellcheck disable=SC2086
tidy() {
  need_version clang-tidy 14.
  clang-tidy --quiet --warnings-as-errors='*' $hosted -- $hosted_flags
  clang-tidy --quiet --warnings-as-errors='*' $efi -- $efi_flags
  clang-tidy --quiet --warnings-as-errors='*' $template -- $template_flags
  clang-tidy --quiet --warnings-as-errors='*' $arm -- --target=arm-none-eabi $arm_flags
}

# It does not check Mbed TLS and yxml. Names of folders are relative, as those of files are:
# to it a header of two names is two headers.
# shellcheck disable=SC2046
run_cppcheck() {
  cppcheck --quiet --std=c11 $(flags core apps port/posix | sed "s/-isystem [^ ]*//g; s|-I$PWD/|-I|g") \
    -I port/baremetal -D__GNUC__ \
    --template='{file}:{line}: {id}: {message}' --suppressions-list="$here/cppcheck.txt" \
    "$@" core apps port 2>&1
}

cppcheck_own() {
  need_version cppcheck 2.10
  none "cppcheck" "$(run_cppcheck --enable=warning,style,performance,portability)"
}

# misra.txt names the rules of MISRA C:2012 that are deviated from, and why; each must
# still be.
cppcheck_misra() {
  need_version cppcheck 2.10
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

# The compiler and its flags for a header alone.
# shellcheck disable=SC2046,SC2086
flags_of() {
  case $1 in
    # CBMC's own functions are declared nowhere.
    test/proofs/*) echo gcc -I. $hosted_flags -Wno-implicit-function-declaration ;;
    test/fuzz/* | test/faults/* | test/support/*)
      echo gcc -std=c11 $(flags test/fuzz test/support) $warnings ;;
    test/efi/*) echo gcc -std=c11 $(flags test/efi) $warnings ;;
    test/*) echo gcc -std=c11 $(flags test/unit) $warnings -Wno-unused-variable ;;
    port/efi/*) echo gcc $efi_flags $warnings ;;
    apps/cli/efi/*)
      echo gcc -Iapps/cli/efi $hosted_flags $warnings -Wno-unused-function ;;
    port/template/*) echo gcc $template_flags $warnings ;;
    apps/token/* | port/baremetal/* | port/freestanding/*)
      echo arm-none-eabi-gcc $arm_flags $warnings ;;
    *) echo gcc $hosted_flags $warnings -Wno-unused-variable -Wno-unused-function ;;
  esac
}

# Each header includes what it needs, but that of proofs which say what it is about; the
# public ones are C++ too.
# shellcheck disable=SC2044,SC2046
headers() {
  for header in $(find core port apps test -name '*.h' ! -name stream_proof.h); do
    $(flags_of "$header") -fsyntax-only -x c "$header"
  done
  for header in $(find core/include -name '*.h'); do
    clang -x c++ -std=c++11 $(flags core) -Wall -Wextra -Werror -Wno-unused-function \
      -fsyntax-only "$header"
  done
}

format() {
  need_version clang-format 14.
  find core port apps test -name '*.[ch]' -exec clang-format --dry-run -Werror {} +
}

shell() {
  find . -path ./build -prune -o -path ./.git -prune -o -name '*.sh' -exec shellcheck {} +
  shellcheck .ci/run toolchains/package/initramfs/hook toolchains/package/debian/command/p* \
    toolchains/package/completion.bash
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
  none "core/crypto and port/cpu alone know Mbed TLS" "$(others "core apps port" \
    '# *include *([<"]mbedtls/|<[a-z0-9_]+\.c>)' '^(core/crypto/[a-z0-9_]+\.c|port/cpu/(aes|bignum|sha256|sha384)/[a-z0-9_]+\.[ch]):')"
  none "the core has freestanding headers and string.h" "$(others core '# *include *<' \
    '<(std(bool|def|int)|string|mbedtls/[a-z0-9_]+)\.h>')"
  none "the command has freestanding headers, string.h, the core and yxml" "$(others apps \
    '# *include *<' '<(std(bool|def|int)|string|yxml|sevlaunch/[a-z0-9_/]+)\.h>')"
  none "nothing is allocated" "$(others "core apps port" \
    '(^|[^_[:alnum:]])(malloc|calloc|realloc|free|alloca|strdup) *\(' '^port/freestanding/')"
  none "the core knows no platform" "$(others core '^ *# *(if|ifdef|elif) ' \
    '__GNUC__|__SIZEOF_INT128__|ifdef __cplusplus$')"
  later='crypto x509 guest sev snp host'
  for room in base crypto x509 guest sev snp; do
    later=${later#"$room "}
    none "core/$room includes nothing of a later room" "$(grep -rnE \
      "# *include *[<\"](\.\./|sevlaunch/)?($(echo "$later" | tr ' ' '|'))/" \
      "core/$room" || true)"
  done
  none "a file does not say its licence" "$(files | grep -vE '\.(md|1|in|txt|dict|supp|ignored)$' |
    while read -r file; do
      head -n 2 "$file" | grep -q SPDX-License-Identifier || echo "$file"
    done)"
}

"$1"
