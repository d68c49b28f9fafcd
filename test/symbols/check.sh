#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# The core needs nothing but four functions of memory, Mbed TLS and a table of the linker's:
#   check.sh NM LIBRARY [MBEDTLS]
# MBEDTLS is the library that the build made of it, whose names must be its own.
set -eu

symbols_of() { "$1" --format=posix "$2" | awk 'NF >= 2 { print $2, $1 }'; }

symbols=$(symbols_of "$1" "$2")
needed='memcpy|memmove|memset|memcmp|_GLOBAL_OFFSET_TABLE_'
allowed="$needed|mbedtls_[a-z0-9_]*"
if [ $# -gt 2 ]; then
  theirs=$(symbols_of "$1" "$3" | awk '$1 ~ /^[ABCDGRSTVW]$/ { print $2 }')
  allowed="$needed|$(printf '%s' "$theirs" | paste -sd '|')"
fi
defined=$(printf '%s\n' "$symbols" | awk '$1 ~ /^[TR]$/ { print $2 }')
undefined=$(printf '%s\n' "$symbols" | awk '$1 == "U" { print $2 }')

others=$(printf '%s\n' "$undefined" | grep -vxE "$allowed" | grep -vxF "$defined" || true)
writable=$(printf '%s\n' "$symbols" | awk '$1 ~ /^[BbDdCc]$/ { print $2 }')
unprefixed=$(printf '%s\n' "$defined" "${theirs-}" | grep -v -e '^sevl_' -e '^$' || true)

printf '%s\n' "$undefined" | grep -qE 'mbedtls_ct_memcmp$' || { echo "no symbols in $2"; exit 1; }
printf '%s' "${others:+undefined: $others
}${writable:+globals: $writable
}${unprefixed:+without the prefix sevl_: $unprefixed
}"
[ -z "$others$writable$unprefixed" ]
