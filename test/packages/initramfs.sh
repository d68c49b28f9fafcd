#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# Does what the guide, README.md in this folder, says, on a copy of a machine that has
# initramfs-tools and dracut; our package is in this folder. What is made is unpacked, gets
# what the machine's own secrets and its host would bring, and runs.
set -eu

export PATH="$PATH:/usr/sbin:/sbin"
secrets=sys/kernel/security/secrets/coco
tk=$secrets/35b0b1a4-2e54-4f53-8a5c-0d5c3b3c5d11
key=$secrets/8f3f1c3e-6a50-4b0e-9a55-54d7b0f8a7c2
state="--api-major 0 --api-minor 24 --build-id 13 --policy 3"
kernel=0.0.0-none

fail() { echo "$*" >&2; exit 1; }
quietly() { "$@" >log 2>&1 || { cat log >&2; fail "$*"; }; }

# The commands of a section of the guide.
guide() { awk -v title="## $1" '/^## / { inside = $0 == title } inside && sub(/^    /, "")' README.md; }

make_initramfs() { quietly mkinitramfs -o initrd.img $kernel; }

unpack() {
  rm -rf root
  mkdir root
  quietly unmkinitramfs "$1" root
  [ ! -d root/main ] || { mv root/main main; rm -rf root; mv main root; }
}

# In the unpacked initramfs: what its secrets and its host bring, for a launch of a digest.
bring() {
  mkdir -p root/$secrets root/run/launch
  cp tk.bin root/$tk
  cp disk-key.bin root/$key
  # shellcheck disable=SC2086 # a list of words
  measurement=$(virt-qemu-sev-validate $state --tk tk.bin --launch-digest "$1" \
    --print-measurement base64 --nonce 000102030405060708090a0b0c0d0e0f)
  printf 'sev-measurement: %s\nsev-api-major: 0\nsev-api-minor: 24\nsev-build-id: 13\nsev-policy: 3\n' \
    "$measurement" >root/run/launch/info.txt
}

# Its script. In a PID namespace of its own, switching the machine off is SIGINT to process 1.
powered_off=130
boot() {
  rm -f root/run/launch/*.b64
  status=0
  PATH=/usr/sbin:/usr/bin:/sbin:/bin timeout 60 unshare --pid --fork chroot root \
    /scripts/init-premount/validate-guest >said 2>&1 || status=$?
}

quietly dpkg --force-unsafe-io -i virt-qemu-sev-validate_*.deb
mkdir -p "/lib/modules/$kernel"
printf 'CONFIG_RD_%s=y\n' GZIP ZSTD >"/boot/config-$kernel"
head -c 32 /dev/urandom >tk.bin
head -c 16 /dev/urandom >disk-key.bin
cp /usr/share/ovmf/OVMF.fd OVMF.sev.fd

# Who did not ask gets nothing.
make_initramfs
unpack initrd.img
[ ! -e root/usr/bin/virt-qemu-sev-validate ] || fail "the hook is not asked, and copies"
quietly dracut --force --no-kernel --no-hostonly dracut.img $kernel
unpack dracut.img
[ ! -e root/usr/bin/virt-qemu-sev-validate ] || fail "the module is not asked, and copies"

guide "Put the command and what you expect into the initramfs" >commands
quietly sh -e commands
guide "Let the verdict decide whether the boot goes on" >commands
quietly sh -e commands
digest=$(cat /etc/sevlaunch/guest.digest)

make_initramfs
unpack initrd.img
bring "$digest"
boot
[ "$status" = 0 ] || fail "the right launch ends with $status: $(cat said)"
grep -qxF "OK: Looks good to me" said || fail "$(cat said)"
[ -s root/run/launch/payload.b64 ] || fail "no packet"
bring "$(echo "$digest" | tr 0-9 1-90)"
boot
[ "$status" = $powered_off ] || fail "a wrong launch ends with $status: $(cat said)"
grep -q "^ERROR: Measurement does not match" said || fail "$(cat said)"
[ ! -e root/run/launch/payload.b64 ] || fail "a packet for a wrong launch"

quietly dracut --force --no-kernel --no-hostonly dracut.img $kernel
unpack dracut.img
cmp root/etc/sevlaunch/guest.digest /etc/sevlaunch/guest.digest || fail "the module copies no file"
quietly chroot root virt-qemu-sev-validate --self-test

# A file that is not there, in a last line that has no end.
printf '# more\n\n/etc/sevlaunch/missing' >>/etc/sevlaunch/initramfs
for command in "mkinitramfs -o bad.img $kernel" \
  "dracut --force --no-kernel --no-hostonly bad.img $kernel"; do
  rm -f bad.img
  # shellcheck disable=SC2086 # a list of words
  if $command >log 2>&1; then fail "$command goes on without a file"; fi
  grep -qF "/etc/sevlaunch/initramfs: cannot copy '/etc/sevlaunch/missing'" log || fail "$(cat log)"
done
