#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# Prints the addresses of the mirrors that this machine's apt uses, one a line; none where
# there is no apt. apt need not have been updated, and is not.
set -eu

addresses=$(apt-get update --print-uris 2>/dev/null || true)
printf '%s\n' "$addresses" | sed -n "s|^'\(.*/\)dists/.*|\1|p" | awk '!seen[$0]++'
