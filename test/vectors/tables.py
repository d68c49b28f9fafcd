#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Makes test/unit/tables.h: GUIDs, tables and keys as Python lays them out.

tables.py          prints the header
tables.py --check FILE   fails if FILE is not what it would print
"""

import hashlib
import pathlib
import random
import sys
import uuid

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import model  # noqa: E402

GUIDS = {
    **model.GUIDS,
    "COUNTING": "00112233-4455-6677-8899-aabbccddeeff",
    "HIGH": "ffffffff-ffff-ffff-ffff-ffffffffffff",
}

# The key of NIST SP 800-38A and of FIPS 197, appendix A.1.
AES_KEY = "2b7e151628aed2a6abf7158809cf4f3c"


def lines(data):
    rows = (data[i:i + 16] for i in range(0, len(data), 16))
    return ",\n".join("    " + ", ".join("0x%02x" % byte for byte in row) for row in rows)


def guid(text):
    data = ", ".join("0x%02x" % byte for byte in uuid.UUID(text).bytes_le)
    return f'    {{"{text}",\n     {{{data}}}}},\n'


def double(byte):
    """Times x in the field of AES."""
    return (byte << 1 ^ (0x11b if byte & 0x80 else 0)) & 0xff


def sbox():
    """Steps through the field by the generator 3 and, for the inverse, by its inverse 0xf6."""
    box, p, q = {0: 0x63}, 1, 1
    for _ in range(255):
        box[p] = 0x63
        for turn in range(5):
            box[p] ^= (q << turn | q >> (8 - turn)) & 0xff
        p ^= double(p)
        q ^= q << 1
        q ^= q << 2
        q ^= q << 4
        q = (q ^ (0x09 if q & 0x80 else 0)) & 0xff
    return box


def round_keys(key):
    box, rcon = sbox(), 1
    words = [key[i:i + 4] for i in range(0, 16, 4)]
    while len(words) < 44:
        word = words[-1]
        if len(words) % 4 == 0:
            word = bytes(box[byte] for byte in word[1:] + word[:1])
            word = bytes([word[0] ^ rcon]) + word[1:]
            rcon = double(rcon)
        words.append(bytes(a ^ b for a, b in zip(word, words[-4])))
    return b"".join(words)


def vmsa_pages():
    """A page of each launcher and state of the FPU, for CPU 0 and for another CPU."""
    for vmm, own_rdx in (("qemu", False), ("ec2", False), ("gce", False), ("krun", False),
                         ("ec2", True), ("gce", True), ("krun", True)):
        for fpu in ("legacy", "init2"):
            for reset in (0xfffffff0, 0xa1b2c3d4):
                cpu = model.Cpu(model.signature(25, 17, 1), vmm, fpu, 0xf8e7d6c5b4a39281,
                                own_rdx)
                digest = model.sha256(cpu.page(reset))
                yield f"""    {{{{UINT32_C({cpu.signature:#x}), SEVL_VMM_{vmm.upper()}, SEVL_FPU_{fpu.upper()}, UINT64_C({cpu.sev_features:#x}), {str(own_rdx).lower()}}},
     UINT32_C({reset:#x}),
     {{
{lines(digest)}}}}},
"""


def numbered(size):
    """Bytes that no small step repeats."""
    return bytes((167 * i + i // 256) & 0xff for i in range(size))


def sha384_answers():
    """Around the edges of padding (111, 112) and of blocks (128)."""
    for size in (0, 1, 111, 112, 127, 128, 129, 239, 240, 256, 1000):
        yield f"    {{{size}, {{\n{lines(hashlib.sha384(numbered(size)).digest())}}}}},\n"


def sha384_table():
    return f"""
/* Byte i of what is hashed is 167 * i + i / 256, modulo 256. */
static const struct known_sha384 {{
    size_t size;
    uint8_t sha384[SEVL_SHA384_SIZE];
}} sha384_answers[] = {{
{"".join(sha384_answers())}}};
"""


def header():
    rng = random.Random(55766)
    hashes = {name: rng.randbytes(32) for name in ("KERNEL", "INITRD", "CMDLINE")}
    key = bytes.fromhex(AES_KEY)
    return f"""/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Made by test/vectors/tables.py. */
#ifndef SEVLAUNCH_TABLES_H
#define SEVLAUNCH_TABLES_H

#include "sevlaunch/guest/kernel_hashes.h"
#include "sevlaunch/guest/vmsa.h"
#include "sevlaunch/sha384.h"

/* clang-format off */
enum {{ {", ".join(GUIDS)} }};

/* Python's uuid.UUID(text).bytes_le */
static const struct known_guid {{
    char text[37];
    uint8_t bytes[16];
}} guids[] = {{
{"".join(map(guid, GUIDS.values()))}}};

static const struct sevl_kernel_hashes kernel_hashes = {{
    .kernel = {{
{lines(hashes["KERNEL"])}}},
    .initrd = {{
{lines(hashes["INITRD"])}}},
    .cmdline = {{
{lines(hashes["CMDLINE"])}}},
}};

static const uint8_t kernel_table[176] = {{
{lines(model.hash_table(hashes["KERNEL"], hashes["INITRD"], hashes["CMDLINE"]))}}};

/* The SHA-256 of pages. */
static const struct known_page {{
    struct sevl_cpu cpu;
    uint32_t reset_address;
    uint8_t sha256[SEVL_SHA256_SIZE];
}} vmsa_pages[] = {{
{"".join(vmsa_pages())}}};

static const uint8_t aes_key[16] = {{
{lines(key)}}};

static const uint8_t aes_round_keys[176] = {{
{lines(round_keys(key))}}};
{sha384_table()}/* clang-format on */

#endif
"""


def main():
    if len(sys.argv) == 3 and sys.argv[1] == "--check":
        with open(sys.argv[2], encoding="ascii") as file:
            sys.exit(0 if file.read() == header() else "tables.h is not what tables.py prints")
    sys.stdout.write(header())


if __name__ == "__main__":
    main()
