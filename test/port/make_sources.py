#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Makes the sources that the port suite reads, in the given folder."""
import hashlib
import pathlib
import sys

SIZES = {"empty": 0, "one": 1, "odd size": 10007, "large": 4 << 20}


def make(folder):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "directory").mkdir(exist_ok=True)
    for name, size in SIZES.items():
        content = hashlib.shake_128(b"sevlaunch port suite").digest(size)
        (folder / name).write_bytes(content)


if __name__ == "__main__":
    make(pathlib.Path(sys.argv[1]))
