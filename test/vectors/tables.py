#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Makes test/unit/tables.h: GUIDs, tables and keys as Python lays them out.

tables.py          prints the header
tables.py --check FILE   fails when FILE is not what would be printed
"""

import hashlib
import pathlib
import random
import struct
import sys
import uuid

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "interop"))
import vmsa  # noqa: E402

GUIDS = {
    "FOOTER": "96b582de-1fb2-45f7-baea-a366c55a082d",
    "RESET": "00f771de-1a7e-4fcb-890e-68c77e2fb44e",
    "HASH_TABLE_AREA": "7255371f-3a3b-4b04-927b-1da6efa8d454",
    "SECRET_AREA": "4c2eb361-7d9b-4cc3-8081-127c90d3d294",
    "SNP_METADATA": "dc886566-984a-4798-a75e-5585a7bf67cc",
    "HASH_TABLE": "9438d606-4f22-4cc9-b479-a793d411fd21",
    "CMDLINE": "97d02dd8-bd20-4c94-aa78-e7714d36ab2a",
    "INITRD": "44baf731-3a2f-4bd7-9af1-41e29169781d",
    "KERNEL": "4de79437-abd2-427f-b835-d5b172d2045b",
    "SECRET_TABLE": "1e74f542-71dd-4d66-963e-ef4287ff173b",
    "LUKS_KEY": "736869e5-84f0-4973-92ec-06879ce3da0b",
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


def entry(name, data):
    return uuid.UUID(GUIDS[name]).bytes_le + struct.pack("<H", 18 + len(data)) + data


def kernel_table(hashes):
    entries = b"".join(entry(name, hashes[name]) for name in ("CMDLINE", "INITRD", "KERNEL"))
    return entry("HASH_TABLE", entries).ljust(176, b"\0")


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
    for vmm, name in ((vmsa.QEMU, "QEMU"), (vmsa.EC2, "EC2"), (vmsa.GCE, "GCE")):
        for fpu, state in ((vmsa.LEGACY, "LEGACY"), (vmsa.INIT2, "INIT2")):
            for reset in (vmsa.CPU0, 0xa1b2c3d4):
                case = vmsa.Case(25, 17, 1, vmm, fpu, 0xf8e7d6c5b4a39281, reset)
                digest = hashlib.sha256(vmsa.page_of_table(case)).digest()
                yield f"""    {{{{UINT32_C({vmsa.signature(case):#x}), SEVL_VMM_{name}, SEVL_FPU_{state}, UINT64_C({case.features:#x})}},
     UINT32_C({reset:#x}),
     {{
{lines(digest)}}}}},
"""


def header():
    rng = random.Random(55766)
    hashes = {name: rng.randbytes(32) for name in ("KERNEL", "INITRD", "CMDLINE")}
    key = bytes.fromhex(AES_KEY)
    return f"""/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Made by test/vectors/tables.py. */
#ifndef SEVLAUNCH_TABLES_H
#define SEVLAUNCH_TABLES_H

#include "sevlaunch/kernel.h"
#include "sevlaunch/vmsa.h"

/* clang-format off */
enum {{ {", ".join(GUIDS)} }};

/* Python's uuid.UUID(text).bytes_le */
static const struct known_guid {{
    char text[37];
    uint8_t bytes[16];
}} guids[] = {{
{"".join(map(guid, GUIDS.values()))}}};

static const struct sevl_kernel kernel_hashes = {{
    .kernel = {{
{lines(hashes["KERNEL"])}}},
    .initrd = {{
{lines(hashes["INITRD"])}}},
    .cmdline = {{
{lines(hashes["CMDLINE"])}}},
}};

static const uint8_t kernel_table[176] = {{
{lines(kernel_table(hashes))}}};

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
/* clang-format on */

#endif
"""


def main():
    if len(sys.argv) == 3 and sys.argv[1] == "--check":
        with open(sys.argv[2], encoding="ascii") as file:
            sys.exit(0 if file.read() == header() else "tables.h is not what tables.py prints")
    sys.stdout.write(header())


if __name__ == "__main__":
    main()
