#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# The core needs nothing but four functions of memory and Mbed TLS:
#   check.sh NM LIBRARY
set -eu

symbols=$("$1" --format=posix "$2" | awk 'NF >= 2 { print $2, $1 }')
allowed='memcpy|memmove|memset|memcmp|mbedtls_[a-z0-9_]*'
defined=$(printf '%s\n' "$symbols" | awk '$1 ~ /^[TR]$/ { print $2 }')
undefined=$(printf '%s\n' "$symbols" | awk '$1 == "U" { print $2 }')

others=$(printf '%s\n' "$undefined" | grep -vxE "$allowed" | grep -vxF "$defined" || true)
writable=$(printf '%s\n' "$symbols" | awk '$1 ~ /^[BbDdCc]$/ { print $2 }')
unprefixed=$(printf '%s\n' "$defined" | grep -v '^sevl_' || true)

printf '%s\n' "$undefined" | grep -qx mbedtls_ct_memcmp || { echo "no symbols in $2"; exit 1; }
printf '%s' "${others:+undefined: $others
}${writable:+globals: $writable
}${unprefixed:+without the prefix sevl_: $unprefixed
}"
[ -z "$others$writable$unprefixed" ]
