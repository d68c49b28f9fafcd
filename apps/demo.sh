#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# The whole way of a guest's owner on real firmware: installs what it needs, builds the commands in
# build/host, and goes from a platform's certificates to a secret in a guest that boots Debian's
# OVMF. The host, its secure processor and AMD are played: see test/support. Safe to run again.
set -eu
cd "$(dirname "$0")/.."

show() { printf '\n# %s\n' "$*"; }

show "Installs the packages that are missing: the first run takes minutes."
toolchains/deps/debian-packages.sh gcc libc6-dev cmake ninja-build bzip2 curl ca-certificates \
  python3 openssl ovmf
show "Configures the build, and downloads Mbed TLS and yxml if they are not there yet."
cmake --preset host -DBUILD_TESTING=OFF >/dev/null
show "Builds the commands."
cmake --build --preset host

source=$PWD
PATH=$source/build/host:$PATH
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/owner" "$work/host"
cd "$work/owner"
host=../host
firmware=/usr/share/ovmf/OVMF.fd

# The host, played: a script of test/support and its words.
play() {
  script=$1
  shift
  python3 -B "$source/test/support/$script" "$@"
}

# A command of the owner's, shown as they type it, then run; $expected is its exit code.
owner() {
  printf '$'
  printf ' %s' "$@"
  printf '\n'
  status=0
  "$@" 2>&1 || status=$?
  printf 'exit status %d\n' "$status"
  [ "$status" -eq "$expected" ] || { echo "demo: expected exit status $expected" >&2; exit 1; }
}

show "HOST: its owner sends what 'virsh nodesevinfo' prints: certificates of a platform, which is
# made here, with a root of its own in place of AMD's."
play sev_platform.py make $host
cp $host/nodesevinfo.txt .
sed 's/^\(.\{72\}\).*/\1.../' nodesevinfo.txt

show "OWNER: is it a genuine platform? What AMD has of it is missing."
expected=2
owner sevlaunch sev-chain --chain nodesevinfo.txt

show "OWNER: and with these files? (AMD's addresses do not have them: the chip is none of AMD's.)
# Its root is refused."
cp $host/cek.cert $host/ask_ark.cert .
set -- --chain nodesevinfo.txt cek.cert ask_ark.cert
expected=1
owner sevlaunch sev-chain "$@"

show "OWNER: and if one trusts this root? (For a platform of AMD's, leave the last option out.)"
root=$(cat $host/ark.sha384)
expected=0
owner sevlaunch sev-chain "$@" --ark-fingerprint "$root"

show "OWNER: makes a session for one launch on this platform: the keys stay here."
owner sevlaunch sev-session "$@" --ark-fingerprint "$root" --policy 3 \
  --name guest --tk guest-tk.bin
cp guest_godh.b64 guest_session.b64 $host

show "HOST: starts the guest, paused, with both files; the secure processor takes the session and
# measures what is loaded: $firmware"
play secure_processor.py launch $host 3 $host/guest_godh.b64 $host/guest_session.b64 \
  "$firmware" | tee info.txt

show "OWNER: validates the launch against the firmware they chose, and packs a secret for it.
# (Debian's OVMF has no place for secrets: the command warns of that.)"
echo 'correct horse battery staple' | tr -d '\n' >disk-key.txt
set -- --launch-info info.txt --policy 3 --tk guest-tk.bin
owner virt-qemu-sev-validate "$@" --firmware "$firmware" --inject-secret luks-key:disk-key.txt \
  --secret-header header.b64 --secret-payload payload.b64
cp header.b64 payload.b64 $host

show "HOST: hands the secret to the secure processor, which puts it into the guest's memory."
found=$(play secure_processor.py secret $host $host/header.b64 $host/payload.b64)
echo "$found"
[ "${found#* }" = "$(cat disk-key.txt)" ] || { echo "demo: it is another one" >&2; exit 1; }

show "OWNER: had the host loaded other firmware than this, with one byte changed: no secret."
cp "$firmware" changed.fd
for byte in '\125' '\252'; do # one of the two is not there yet
  printf '%b' "$byte" | dd of=changed.fd bs=1 seek=1048576 conv=notrunc status=none
  cmp -s "$firmware" changed.fd || break
done
expected=1
owner virt-qemu-sev-validate "$@" --firmware changed.fd --inject-secret luks-key:disk-key.txt \
  --secret-header none.b64 --secret-payload none-either.b64

show "With SEV-SNP, the report of a guest with 4 CPUs must have this value:"
expected=0
owner sevlaunch snp-digest --firmware "$firmware" --num-cpus 4 --cpu-type EPYC-Milan

show "The commands are build/host/virt-qemu-sev-validate and build/host/sevlaunch."
