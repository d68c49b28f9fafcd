#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Writes what an owner has or expects into the image of a token, which has none of it when it
is built: the keys of a launch of SEV, or the reference values of SEV-SNP.

The whole image is replaced; only its owner can read the new one.
"""
import argparse
import os
import pathlib
import struct
import sys
import tempfile

sys.dont_write_bytecode = True  # the folder stays as it is
import reference_values  # noqa: E402

SECTION = b".keys"
KEY_SIZE = 16
ERASED = b"\xff"


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
        if key in (bytes(KEY_SIZE), ERASED * KEY_SIZE):
            fail(f"the {name} is all zeros or all ones: the token would refuse it")
    return tk


def find_section(image, section, size):
    """Returns the offset of a section of a 32-bit little-endian ELF file."""
    if image[:6] != b"\x7fELF\1\1":
        fail("the image is not a 32-bit little-endian ELF file")
    table, = struct.unpack_from("<I", image, 0x20)
    entry_size, count, names = struct.unpack_from("<3H", image, 0x2e)
    headers = [struct.unpack_from("<10I", image, table + i * entry_size) for i in range(count)]
    strings = headers[names][4]
    found = [header for header in headers
             if image.startswith(section + b"\0", strings + header[0])]
    if len(found) != 1 or found[0][5] != size or found[0][4] + size > len(image):
        fail(f"the image has no section {section.decode()} of {size} bytes")
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


def provision(given, section, content, what):
    path = given.image.resolve()
    image = bytearray(path.read_bytes())
    at = find_section(image, section, len(content))
    end = at + len(content)
    if image[at:end] != ERASED * len(content) and not given.overwrite:
        fail(f"the image holds {what} already; --overwrite replaces them")
    image[at:end] = content
    replace(path, image)


def are_keys_given(given):
    """One way alone."""
    pair = (given.tik, given.tek)
    return pair == (None, None) if given.tk else None not in pair


def main():
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("image", type=pathlib.Path)
    parser.add_argument("--overwrite", action="store_true", help="replace what is there")
    keys = parser.add_argument_group("SEV and SEV-ES, for token.elf")
    keys.add_argument("--tk", metavar="FILE", help="both keys: TEK, then TIK")
    keys.add_argument("--tik", metavar="FILE")
    keys.add_argument("--tek", metavar="FILE")
    reference_values.add_options(parser)
    given = parser.parse_args()
    is_snp = bool(reference_values.options_of(given))
    if is_snp and (given.tk, given.tik, given.tek) != (None, None, None):
        parser.error("give the keys of SEV or the reference values of SEV-SNP, not both")
    if is_snp:
        reference_values.check(parser, given)
    elif not are_keys_given(given):
        parser.error("give --tk, or both of --tik and --tek; or for SEV-SNP --measurement and more")
    try:
        if is_snp:
            provision(given, reference_values.SECTION, reference_values.build(given),
                      "reference values")
        else:
            provision(given, SECTION, read_keys(given), "keys")
    except (OSError, struct.error) as error:
        fail(error)


if __name__ == "__main__":
    main()
