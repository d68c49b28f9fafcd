#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Makes test/unit/tables.h: GUIDs, tables and keys as Python lays them out.

tables.py          prints the header
tables.py --check FILE   fails if FILE is not what it would print
"""

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


def struct_cpu(cpu):
    return (f"{{UINT32_C({cpu.signature:#x}), SEVL_VMM_{cpu.vmm.upper()}, SEVL_FPU_{cpu.fpu.upper()}, "
            f"UINT64_C({cpu.sev_features:#x}), {str(cpu.own_rdx).lower()}}}")


def vmsa_pages():
    """A page of each launcher and state of the FPU, for CPU 0 and for another CPU."""
    for vmm, own_rdx in (("qemu", False), ("ec2", False), ("gce", False), ("krun", False),
                         ("ec2", True), ("gce", True), ("krun", True)):
        for fpu in ("legacy", "init2"):
            for reset in (0xfffffff0, 0xa1b2c3d4):
                cpu = model.Cpu(model.signature(25, 17, 1), vmm, fpu, 0xf8e7d6c5b4a39281,
                                own_rdx)
                digest = model.sha256(cpu.page(reset))
                yield f"""    {{{struct_cpu(cpu)},
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
        yield f"    {{{size}, {{\n{lines(model.sha384(numbered(size)))}}}}},\n"


def snp_firmwares():
    for pages in (1, 2, 8, 9, 10, 17):
        digest = model.snp_firmware(numbered(4096 * pages))
        yield f"    {{{pages}, {{\n{lines(digest)}}}}},\n"


SECTIONS = [
    (0x800000, 0x3000, model.SEC_MEMORY), (0x80d000, 0x1000, model.SEC_SECRETS),
    (0x80e000, 0x1000, model.SEC_CPUID), (0x80f000, 0x1000, model.SEC_SVSM_CAA),
    (0x810000, 0x1000, model.SEC_KERNEL_HASHES), (0x811000, 0x2000, model.SEC_MEMORY),
]
FIRMWARE_PAGES = 10


def snp_launch(hashes, cpu, reverse, offset, cpus):
    """`offset` of the table in its page; None: no kernel."""
    table = None if offset is None else model.hash_table(*hashes)
    guest = model.SnpGuest(
        model.snp_firmware(numbered(4096 * FIRMWARE_PAGES)), 4096 * FIRMWARE_PAGES,
        SECTIONS[::-1] if reverse else SECTIONS, (0x810000 + (offset or 0), 176),
        (cpu.page(), cpu.page(model.RESET_ADDRESS)), cpus, cpu.vmm, table)
    digest = bytes.fromhex(guest.launch_digest)
    kernel = "false" if table is None else "true"
    return f"""    {{{struct_cpu(cpu)}, {int(reverse)}, {kernel}, {offset or 0:#x}, {cpus},
     {{
{lines(digest)}}}}},
"""


def snp_launches(hashes):
    qemu, *others = (model.Cpu(0xa00f11, vmm, "init2", 1) for vmm in ("qemu", "ec2", "gce", "krun"))
    for cpu in qemu, *others:
        for reverse in (False, True):
            for offset in (None, 0xc00):
                yield snp_launch(hashes, cpu, reverse, offset, 3)
    for offset in (0, 1, 0xf50):
        yield snp_launch(hashes, qemu, False, offset, 1)
    for cpus in (1, 2, 512, 4096):
        yield snp_launch(hashes, qemu, False, None, cpus)
    yield snp_launch(hashes, model.Cpu(0, "ec2", "legacy", 0x21, True), False, None, 2)


def snp_pages():
    """Of every type, after one another, each at an address with bytes of its own."""
    digest, address = bytes(48), 0x0807060504030000
    for kind in range(1, 7):
        measured = kind in (model.NORMAL, model.VMSA)
        data = numbered(4096) if measured else b""
        digest = model.snp_update(digest, kind, address, data, None if measured else 4096)
        yield f"    {{\n{lines(digest)}}},\n"
        address += 0x1000


def snp_tables(hashes):
    return f"""
/* Byte i of what is hashed is 167 * i + i / 256, modulo 256. */
static const struct known_sha384 {{
    size_t size;
    uint8_t sha384[SEVL_SHA384_SIZE];
}} sha384_answers[] = {{
{"".join(sha384_answers())}}};

/* The launch digest after the pages of a firmware of such bytes. */
static const struct known_firmware {{
    size_t pages;
    uint8_t digest[SEVL_SNP_LAUNCH_DIGEST_SIZE];
}} snp_firmwares[] = {{
{"".join(snp_firmwares())}}};

/* After a page of each type, from 1 on, at 0x0807060504030000 and on. */
static const uint8_t snp_pages[][SEVL_SNP_LAUNCH_DIGEST_SIZE] = {{
{"".join(snp_pages())}}};

/* The same sections in both orders, without the header of the metadata. */
#define SNP_SECTIONS {len(SECTIONS)}
static const uint8_t snp_sections[2][12 * SNP_SECTIONS] = {{{{
{lines(model.sev_metadata(SECTIONS)[16:])}}}, {{
{lines(model.sev_metadata(SECTIONS[::-1])[16:])}}}}};

/* The table of kernel hashes is in the page 0x810000. */
#define SNP_FIRMWARE_PAGES {FIRMWARE_PAGES}
static const struct known_snp_launch {{
    struct sevl_cpu cpu;
    size_t order;
    bool has_kernel;
    uint32_t offset;
    uint32_t cpus;
    uint8_t digest[SEVL_SNP_LAUNCH_DIGEST_SIZE];
}} snp_launches[] = {{
{"".join(snp_launches(hashes))}}};
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
#include "sevlaunch/snp/launch_digest.h"

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
{snp_tables([hashes["KERNEL"], hashes["INITRD"], hashes["CMDLINE"]])}/* clang-format on */

#endif
"""


def main():
    if len(sys.argv) == 3 and sys.argv[1] == "--check":
        with open(sys.argv[2], encoding="ascii") as file:
            sys.exit(0 if file.read() == header() else "tables.h is not what tables.py prints")
    sys.stdout.write(header())


if __name__ == "__main__":
    main()
