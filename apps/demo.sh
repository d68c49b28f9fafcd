#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# The main job on real firmware: installs what it needs, builds the command as
# build/host/virt-qemu-sev-validate, and validates a launch of Debian's OVMF in
# which openssl plays the secure processor. Safe to run again.
set -eu
cd "$(dirname "$0")/.."

show() { printf '\n# %s\n' "$*"; }

show "Installs the packages that are missing: the first run takes minutes."
toolchains/deps/debian-packages.sh gcc libc6-dev cmake ninja-build bzip2 curl ca-certificates \
  openssl ovmf
show "Configures the build, and downloads Mbed TLS and yxml if they are not there yet."
cmake --preset host -DBUILD_TESTING=OFF >/dev/null
show "Builds the command."
cmake --build --preset host

command=$PWD/build/host/virt-qemu-sev-validate
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
firmware=/usr/share/ovmf/OVMF.fd

hexadecimal() { od -An -v -tx1 "$1" | tr -d ' \n'; }

# The command, shown as a user would type it, then run; $expected is its exit code.
validate() {
  printf '$ virt-qemu-sev-validate'
  printf ' %s' "$@"
  printf '\n'
  status=0
  "$command" "$@" || status=$?
  printf 'exit status %d\n' "$status"
  [ "$status" -eq "$expected" ] || { echo "demo: expected exit status $expected" >&2; exit 1; }
}

show "The guest owner makes the launch's two keys, TEK and TIK."
openssl rand -out tk.bin 32
tail -c 16 tk.bin >tik.bin

show "The secure processor (openssl here) measures what the host loads: $firmware"
openssl rand -out nonce 16
{
  printf '\004\000\030\015\003\000\000\000' # LAUNCH_MEASURE, API 0.24, build 13, policy 3
  openssl dgst -sha256 -binary "$firmware"
  cat nonce
} >message
openssl dgst -sha256 -mac HMAC -macopt "hexkey:$(hexadecimal tik.bin)" -binary \
  message >measure
measurement=$(cat measure nonce | openssl base64 -A)
echo "$measurement"

show "The guest owner validates it against the firmware they chose."
expected=0
validate --firmware "$firmware" --tk tk.bin --measurement "$measurement" \
  --api-major 0 --api-minor 24 --build-id 13 --policy 3

show "One byte of that firmware is changed: it is not what the host has loaded."
cp "$firmware" changed.fd
for byte in '\125' '\252'; do # one of the two is not there yet
  printf '%b' "$byte" | dd of=changed.fd bs=1 seek=1048576 conv=notrunc status=none
  cmp -s "$firmware" changed.fd || break
done
expected=1
validate --firmware changed.fd --tk tk.bin --measurement "$measurement" \
  --api-major 0 --api-minor 24 --build-id 13 --policy 3

show "With SEV-SNP, the report of a guest with 4 CPUs must have this value:"
printf '$ sevlaunch snp-digest --firmware %s --num-cpus 4 --cpu-type EPYC-Milan\n' "$firmware"
"${command%/*}/sevlaunch" snp-digest --firmware "$firmware" --num-cpus 4 --cpu-type EPYC-Milan

show "The commands are build/host/virt-qemu-sev-validate and build/host/sevlaunch."
