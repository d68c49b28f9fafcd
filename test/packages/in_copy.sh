#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# Runs a command as root in a copy of this machine, where it can install packages:
#   in_copy.sh FOLDER COMMAND...
# The copy is an overlay of the file system, which ends with the command. FOLDER is /mnt
# there, and the one folder whose changes stay.
set -eu

if [ "${IN_COPY-}" != yes ]; then
  export IN_COPY=yes
  exec unshare --mount --pid --fork "$0" "$@"
fi

folder=$1
shift
copy=$(mktemp -d "$folder/copy.XXXXXX")
mount -t tmpfs none "$copy"
mkdir "$copy/upper" "$copy/work" "$copy/root"
mount -t overlay none "$copy/root" \
  -o "lowerdir=/,upperdir=$copy/upper,workdir=$copy/work"
mount --bind "$folder" "$copy/root/mnt"
mount --rbind /dev "$copy/root/dev"
mount -t proc none "$copy/root/proc"
exec chroot "$copy/root" env -C /mnt "$@"
