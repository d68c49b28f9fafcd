#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Writes the keys of a launch into the image of a token, which has none when it is built.

The whole image is replaced; only its owner can read the new one.
"""
import argparse
import os
import pathlib
import struct
import sys
import tempfile

SECTION = b".keys"
KEY_SIZE = 16
ERASED = b"\xff" * 2 * KEY_SIZE


def fail(reason):
    sys.exit(f"provision: {reason}")


def read_exactly(path, size):
    with open(path, "rb") as file:
        content = file.read(size + 1)
    if len(content) != size:
        fail(f"'{path}' does not hold exactly {size} bytes")
    return content


def read_keys(given):
    """Returns TEK || TIK, the order of a TK file."""
    if given.tk:
        tk = read_exactly(given.tk, 2 * KEY_SIZE)
    else:
        tk = read_exactly(given.tek, KEY_SIZE) + read_exactly(given.tik, KEY_SIZE)
    for name, key in (("TEK", tk[:KEY_SIZE]), ("TIK", tk[KEY_SIZE:])):
        if key in (bytes(KEY_SIZE), ERASED[:KEY_SIZE]):
            fail(f"the {name} is all zeros or all ones: the token would refuse it")
    return tk


def find_keys(image):
    """Returns the offset of the keys: the section .keys of a 32-bit little-endian ELF file."""
    if image[:6] != b"\x7fELF\1\1":
        fail("the image is not a 32-bit little-endian ELF file")
    table, = struct.unpack_from("<I", image, 0x20)
    entry_size, count, names = struct.unpack_from("<3H", image, 0x2e)
    headers = [struct.unpack_from("<10I", image, table + i * entry_size) for i in range(count)]
    strings = headers[names][4]
    found = [header for header in headers
             if image.startswith(SECTION + b"\0", strings + header[0])]
    if len(found) != 1 or found[0][5] != len(ERASED) or found[0][4] + len(ERASED) > len(image):
        fail("the image has no section .keys of 32 bytes")
    return found[0][4]


def replace(path, content):
    """Replaces a file in one step. mkstemp() creates the new one with mode 0600."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name + ".")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def provision(given):
    path = given.image.resolve()
    tk = read_keys(given)
    image = bytearray(path.read_bytes())
    at = find_keys(image)
    if image[at:at + len(ERASED)] != ERASED and not given.overwrite:
        fail("the image holds keys already; --overwrite replaces them")
    image[at:at + len(ERASED)] = tk
    replace(path, image)


def main():
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("image", type=pathlib.Path)
    parser.add_argument("--tk", metavar="FILE", help="both keys: TEK, then TIK")
    parser.add_argument("--tik", metavar="FILE")
    parser.add_argument("--tek", metavar="FILE")
    parser.add_argument("--overwrite", action="store_true", help="replace keys that are there")
    given = parser.parse_args()
    if (given.tk is None) == (given.tik is None and given.tek is None) or \
            (given.tk is None and None in (given.tik, given.tek)):
        parser.error("give --tk, or both of --tik and --tek")
    try:
        provision(given)
    except (OSError, struct.error) as error:
        fail(error)


if __name__ == "__main__":
    main()
