#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# Builds secrets.c with the code that it tests, by one compiler at one level of
# optimisation, and searches for what depends on secrets:
#   check.sh valgrind|memory-sanitizer|instructions CC LEVEL MBEDTLS BUILD WORK
# MBEDTLS is its source tree, BUILD a build's folder, which says how it compiles.
set -eu

how=$1
cc=$2
level=$3
mbedtls=$4
build=$5
work=$6
here=$(cd "$(dirname "$0")" && pwd)
source=$here/../..
mkdir -p "$work"
flags=$("$source/test/support/compile_commands.py" "$build" core)

fail() { echo "$*" >&2; exit 1; }

# valgrind 3.19 does not know clang's DWARF 5. Sums of points, which are public, are the core's own.
# shellcheck disable=SC2086 # a list of words
compile() {
  "$cc" -std=c11 "-$level" -gdwarf-4 -ffreestanding -I"$source/core" $flags \
    -USEVLAUNCH_BIGNUM_WINDOWS -DSEVLAUNCH_BIGNUM_WINDOWS=0 "$@"
}

# The multiplication of x86-64 and AArch64 in place of the core's own. With flags.
compile_columns() {
  (cd "$work" && rm montgomery.o && compile "$@" -c "$source/port/cpu/bignum/montgomery_columns.c")
}
has_columns() { grep -q montgomery_columns "$build/compile_commands.json"; }

# AES by the instructions of x86-64 in place of that by tables.
compile_aes_instructions() {
  (cd "$work/mbedtls" && compile -DMBEDTLS_AESNI_C -maes -mpclmul -c \
    "$mbedtls/library/aes.c" "$mbedtls/library/aesni.c")
}
has_aes_instructions() { grep -q aesni "$build/compile_commands.json" && grep -qw aes /proc/cpuinfo; }

# Flags; objects go to WORK, those of Mbed TLS to a folder of their own, for names are
# the same. With the C code for SHA-256.
compile_all() {
  rm -rf "$work"/*.o "$work/mbedtls"
  mkdir "$work/mbedtls"
  # shellcheck disable=SC2046
  (cd "$work" && compile "$@" -c $(find "$source/core" -name '*.c' ! -path '*/snp/*'))
  mkdir -p "$work/snp" # names of sev/ are there, too
  (cd "$work/snp" && compile "$@" -c "$source"/core/snp/*.c)
  for object in "$work/snp"/*.o; do mv "$object" "$work/snp_${object##*/}"; done
  (cd "$work/mbedtls" && compile "$@" -c "$mbedtls/library/aes.c" \
    "$mbedtls/library/base64.c" "$mbedtls/library/constant_time.c" \
    "$mbedtls/library/platform_util.c" "$mbedtls/library/sha256.c" \
    "$mbedtls/library/sha512.c")
}

# Program and flags.
link_program() {
  program=$1
  shift
  for function in constant_time_equal limbs_swap_masked limbs_are_zero p384_is_private_key; do
    set -- "$@" "-Wl,--wrap=sevl_$function"
  done
  compile "$@" -o "$program" "$here/secrets.c" "$work"/*.o "$work"/mbedtls/*.o
}

# Prints the functions in which something depends on secrets, each on a line.
under_valgrind() {
  valgrind --quiet --error-exitcode=9 "$@" >"$work/log" 2>&1 && return 0
  [ $? = 9 ] || fail "$(cat "$work/log")"
  grep -A1 -E 'depends on uninitialised|Use of uninitialised' "$work/log" |
    sed -nE 's/.* (at|by) 0x[0-9A-F]+: ([A-Za-z0-9_]+).*/\2/p' | sort -u
}

check_valgrind() {
  compile_all
  link_program "$work/secrets"
  found=$(under_valgrind --suppressions="$here/aes.supp" "$work/secrets")
  [ -z "$found" ] || fail "secrets have an influence in: $found
$(cat "$work/log")"

  found=$(under_valgrind "$work/secrets")
  [ "$found" = "sevl_mbedtls_aes_setkey_enc
sevl_mbedtls_internal_aes_encrypt" ] || fail "aes.supp has not, or has besides: $found"

  for leak in EQUAL SWAP; do
    link_program "$work/leak" "-DLEAK_$leak"
    found=$(under_valgrind --suppressions="$here/aes.supp" "$work/leak")
    case $leak:$found in
      EQUAL:*cmp* | SWAP:*__wrap_sevl_limbs_swap_masked*) ;;
      *) fail "what leaks by LEAK_$leak was not found" ;;
    esac
  done

  has_columns || return 0
  compile_columns
  set -- --suppressions="$here/aes.supp"
  if has_aes_instructions; then
    compile_aes_instructions
    set --
  fi
  link_program "$work/cpu"
  found=$(under_valgrind "$@" "$work/cpu")
  [ -z "$found" ] || fail "secrets have an influence in code of this CPU: $found
$(cat "$work/log")"
}

# By the CPU's instructions, which valgrind 3.19 does not know and MemorySanitizer tracks
# bits through: the block function takes the place of Mbed TLS's.
# A secret may be an argument or a result: later versions of clang took that for a use.
check_memory_sanitizer() {
  grep -qw sha_ni /proc/cpuinfo || exit 77
  sanitize="-fsanitize=memory -fno-sanitize-memory-param-retval -DMEMORY_SANITIZER"
  sanitize="$sanitize -fsanitize-ignorelist=$here/aes.ignored"
  # shellcheck disable=SC2086 # a list of words
  compile_all $sanitize
  # shellcheck disable=SC2086
  (cd "$work/mbedtls" && rm sha256.o && compile $sanitize -isystem "$mbedtls/library" \
    -c "$source/port/cpu/sha256/x86_64.c" "$source/port/cpu/sha256/constants.c" \
    "$source/port/cpu/sha256/hook.c" "$source/port/cpu/sha256/mbedtls_c.c" \
    "$source/port/cpu/sha256/mbedtls_update.c")
  # shellcheck disable=SC2086
  link_program "$work/secrets" $sanitize
  "$work/secrets" || fail "secrets have an influence"
  for leak in EQUAL SWAP; do
    # shellcheck disable=SC2086
    link_program "$work/leak" $sanitize "-DLEAK_$leak"
    if "$work/leak" >"$work/log" 2>&1; then
      fail "what leaks by LEAK_$leak was not found"
    fi
    grep -q use-of-uninitialized-value "$work/log" || fail "$(cat "$work/log")"
  done

  has_columns || return 0
  # shellcheck disable=SC2086
  compile_columns $sanitize -DSEVLAUNCH_BIGNUM_IN_C # what is in assembly, it does not see
  # shellcheck disable=SC2086
  link_program "$work/columns" $sanitize
  "$work/columns" || fail "secrets have an influence in columns"
}

# Between the first round of a block and the last: one run from top to bottom, and no
# address with an index. What leads there and on counts blocks.
check_instructions() {
  compile -c "$source/port/cpu/sha256/x86_64.c" -o "$work/x86_64.o"
  objdump --disassemble=process_blocks --no-show-raw-insn "$work/x86_64.o" |
    awk '/^ / { $1 = ""; print }' | sed -n '/^ sha256rnds2/,$p' | tac |
    sed -n '/^ sha256rnds2/,$p' >"$work/code"
  [ "$(grep -c '^ sha256rnds2' "$work/code")" = 32 ] || fail "not 64 rounds in a row"
  found=$(grep -E '^ (j|call|loop|rep|cmov|i?div)' "$work/code" || true)
  [ -z "$found" ] || fail "no straight line: $found"
  found=$(grep -E '\([^)]*,' "$work/code" | grep -v '^ nop' || true)
  [ -z "$found" ] || fail "an address that was computed: $found"
}

case $how in
  valgrind) check_valgrind ;;
  memory-sanitizer) check_memory_sanitizer ;;
  instructions) check_instructions ;;
esac
