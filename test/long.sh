#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# The tests that take hours: every mutant of the proofs and of the core, every turn of every
# loop that a fault may hit, ten minutes for each fuzz target. Run test/run.sh first: it
# installs and builds what this needs.
#   long.sh [proofs|mutation|faults|fuzz]...
set -eu
cd "$(dirname "$0")/.."

run_part() {
  case $1 in
    proofs) test/proofs/run.py --mutants ;;
    mutation) test/mutation/mutate.py . "$(toolchains/deps/fetch.sh mbedtls build/deps)" \
      "$(toolchains/deps/fetch.sh ncdc build/deps)" ;;
    faults) test/faults/token/campaign.py build/cortex-m3/token.elf image --every
      test/faults/token/snp_campaign.py build/cortex-m3/token-snp.elf image --every ;;
    fuzz) test/fuzz/long.sh ;;
    *) echo "long.sh: proofs, mutation, faults or fuzz, not '$1'" >&2; exit 2 ;;
  esac
}

[ $# -gt 0 ] || set -- proofs mutation faults fuzz
for part; do
  run_part "$part"
done
