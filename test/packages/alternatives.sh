#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# Installs and removes libvirt-clients-qemu and our package in each order, in a copy of a
# machine that has the former; ours is in this folder.
set -eu

name=virt-qemu-sev-validate
tool=/usr/bin/$name
page=/usr/share/man/man1/$name.1.gz
peer=libvirt-clients-qemu
other=/usr/bin/virt-qemu-qmp-proxy

fail() { echo "$step: $*" >&2; exit 1; }
quietly() { "$@" >log 2>&1 || { cat log >&2; fail "$*"; }; }
add() { quietly dpkg --force-unsafe-io -i "$1"_*.deb; }

# Whose command and man page have the name: theirs, ours, or nobody's.
check() {
  if [ "$1" = nobody ]; then
    [ ! -e $tool ] || fail "$tool is left"
    [ ! -e $page ] || fail "$page is left"
  else
    cmp $tool "$1.tool" || fail "$tool is not $1"
    cmp $page "$1.page" || fail "$page is not $1"
  fi
}

check_other_tools() {
  [ -x $other ] || fail "$other is gone"
  [ -z "$(dpkg --verify $peer)" ] || fail "$peer is changed: $(dpkg --verify $peer)"
}

# What our scripts made is gone with the package.
check_no_trace() {
  left=$(dpkg-divert --list "*$name*"; find /usr/bin /usr/share/man /etc/alternatives \
    /var/lib/dpkg/alternatives -name "*$name*" ! -path $tool ! -path $page)
  [ -z "$left" ] || fail "left: $left"
}

choose() { quietly update-alternatives --set $name "$tool.$1"; }

step="before"
check_no_trace
cp $tool theirs.tool
cp $page theirs.page
mkdir ours
dpkg-deb --extract ${name}_*.deb ours
cp ours$tool.sevlaunch ours.tool
cp ours/usr/share/man/man1/$name.sevlaunch.1.gz ours.page
quietly dpkg-repack $peer

step="ours is added to theirs"
add $name
check ours
check_other_tools

step="the admin chooses theirs, and each package is upgraded"
choose libvirt
add $name
check theirs
add $peer
check theirs
check_other_tools

step="theirs is removed while it is chosen"
quietly dpkg -r --force-depends $peer
check ours
[ ! -e $other ] || fail "$other is left"

step="theirs is added to ours"
add $peer
check ours
check_other_tools
choose libvirt
check theirs

step="ours is removed"
quietly dpkg -r $name
check theirs
check_other_tools
check_no_trace

step="ours is purged, then added where theirs is not"
quietly dpkg -P $name
quietly dpkg -r --force-depends $peer
check nobody
add $name
check ours
quietly dpkg -P $name
check nobody
check_no_trace

step="theirs is added after ours has gone"
add $peer
check theirs
check_other_tools
