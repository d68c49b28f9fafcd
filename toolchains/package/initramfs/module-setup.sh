#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause-Patent
# shellcheck disable=SC2154 # dracut sets dracutsysrootdir
#
# For dracut: copies virt-qemu-sev-validate, and the files that the lines of
# /etc/sevlaunch/initramfs name, if there is that list. A file that it cannot copy fails
# the build of the initramfs.

sevlaunch_list=/etc/sevlaunch/initramfs

# dracut asks whether the module is for this machine: 255 is "only if it is named".
check() {
  [[ -e $dracutsysrootdir$sevlaunch_list ]] || return 255
}

depends() {
  return 0
}

install() {
  local file
  inst_binary /usr/bin/virt-qemu-sev-validate.sevlaunch /usr/bin/virt-qemu-sev-validate || exit 1
  [[ -e $dracutsysrootdir$sevlaunch_list ]] || return 0
  while read -r file || [[ $file ]]; do
    case $file in
      '' | '#'*) continue ;;
    esac
    if ! inst_simple "$file"; then
      dfatal "$sevlaunch_list: cannot copy '$file', expected the path of a file"
      exit 1
    fi
  done <"$dracutsysrootdir$sevlaunch_list"
}
