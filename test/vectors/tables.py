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


def ecdsa_cases():
    """Key, hash as a number, r and s."""
    n, g = model.P384_N, model.P384_G
    largest = 2**384 - 1
    number = int.from_bytes(model.sha384(b"sample"), "big")
    for private in (1, n - 1, 0x0123456789abcdef << 300):  # 1: the key is the generator
        key = model.p384_multiply(private, g)
        for hashed in (number, 0, n, largest):
            yield key, hashed, *model.ecdsa_p384_sign(private, hashed, (0xfedcba9876543210 << 250) + hashed)
        r, s = model.ecdsa_p384_sign(private, number, 7)
        yield key, number, r, n - s
        yield key, number + 1, r, s
        yield key, -r * private % n, r, s  # the sum is the neutral point
    for other in ((0, s), (r, 0), (n, s), (r, n), (r, s + 1), (r + 1, s), (largest, s),
                  (r, largest), (s, r), (1, s), (model.P384_P - n, s)):
        yield key, number, *other


def ecdsa_key(x, number, r, s):
    """The key of which a sum has this x."""
    n = model.P384_N
    negative = model.p384_multiply(-number * pow(s, -1, n), model.P384_G)
    return model.p384_multiply(s * pow(r, -1, n), model.p384_add(model.p384_point(x), negative))


def ecdsa_of_large_x():
    """The sum's x is not less than n: r is less than p - n."""
    n, number, s = model.P384_N, 12345, 67890
    x = next(x for x in range(n + 1, n + 1000) if model.p384_point(x))
    key = ecdsa_key(x, number, x - n, s)
    for values in ((x - n, s), (x - n + 1, s), (x, s), (x - n, s + n)):
        yield key, number, *values


def ecdsa_of_small_x():
    """The sum's x is r + n, but for p or for 2^384: r is not x."""
    number, s = 12345, 67890
    x = next(x for x in range(100) if model.p384_point(x))
    for too_large in (model.P384_P, 2**384):
        r = x + too_large - model.P384_N
        yield ecdsa_key(x, number, r, s), number, r, s


def ecdsa_answer(key, number, r, s):
    result = "SEVL_MATCH" if model.ecdsa_p384(key, number, r, s) else "SEVL_MISMATCH"
    values = [lines(value.to_bytes(48, "big")) for value in (*key, number, r, s)]
    return f"    {{{result}, {{\n" + "}, {\n".join(values) + "}},\n"


def ecdsa_published():
    """RFC 6979, appendix A.2.6, SHA-384: "sample" and "test"."""
    key = (int("ec3a4e415b4e19a4568618029f427fa5da9a8bc4ae92e02e06aae5286b300c64def8f0ea9055866064a2"
               "54515480bc13", 16),
           int("8015d9b72d7d57244ea8ef9ac0c621896708a59367f9dfb9f54ca84b3f1c9db1288b231c3ae0d4fe7344"
               "fd2533264720", 16))
    for text, r, s in (
        (b"sample", "94edbb92a5ecb8aad4736e56c691916b3f88140666ce9fa73d64c4ea95ad133c"
                    "81a648152e44acf96e36dd1e80fabe46",
         "99ef4aeb15f178cea1fe40db2603138f130e740a19624526203b6351d0a3a94fa329c145786e679e"
         "7b82c71a38628ac8"),
        (b"test", "8203b63d3c853e8d77227fb377bcf7b7b772e97892a80f36ab775d509d7a5feb"
                  "0542a7f0812998da8f1dd3ca3cf023db",
         "ddd0760448d42d8a43af45af836fce4de8be06b485e9b61b827c2f13173923e06a739f040649a667"
         "bf3b828246baa5a5"),
    ):
        yield key, int.from_bytes(model.sha384(text), "big"), int(r, 16), int(s, 16)


def ecdsa_tables():
    p = model.P384_P
    small = next(point for point in map(model.p384_point, range(100)) if point)
    # Neither a coordinate that is p too large, nor a point beside the curve.
    wrong = [(small[0] + p, small[1]), (small[0], (small[1] + 1) % p), (0, 0), (p, p),
             (2**384 - 1, 2**384 - 1), (model.P384_G[0], 2**384 - 1),
             (model.P384_G[0], p - model.P384_G[1] - 1)]
    keys = [f"    {{{{\n{lines(x.to_bytes(48, 'big'))}}}, {{\n{lines(y.to_bytes(48, 'big'))}}}}},\n"
            for x, y in wrong]
    cases = [*ecdsa_published(), *ecdsa_cases(), *ecdsa_of_large_x(),
             *ecdsa_of_small_x()]
    return f"""
/* Signatures: the first are those of RFC 6979, appendix A.2.6. */
#define ECDSA_PUBLISHED {len(list(ecdsa_published()))}
static const struct known_ecdsa {{
    enum sevl_result result;
    uint8_t x[48];
    uint8_t y[48];
    uint8_t hash[48];
    uint8_t r[48];
    uint8_t s[48];
}} ecdsa_answers[] = {{
{"".join(ecdsa_answer(*case) for case in cases)}}};

/* Keys that are no points of the curve. */
static const struct wrong_key {{
    uint8_t x[48];
    uint8_t y[48];
}} ecdsa_wrong_keys[] = {{
{"".join(keys)}}};
"""


def p384_factors():
    """Edges of the range, of what is added to a factor, and others; the last has an X below 2^376."""
    n, rest = model.P384_N, 2**384 - model.P384_N
    yield from (1, 2, 3, 2**383, n - 2, n - 1, rest - 1, rest, rest + 1)
    yield from (int.from_bytes(model.sha384(bytes([number])), "big") % n for number in range(3))
    yield next(factor for factor in range(1, 2000)
               if model.p384_multiply(factor, model.P384_G)[0] < 2**376)


def p384_products():
    other = next(point for point in map(model.p384_point, range(100)) if point)
    for factor in p384_factors():
        for point in (model.P384_G, other):
            values = (factor, *point, *model.p384_multiply(factor, point))
            rows = [lines(value.to_bytes(48, "big")) for value in values]
            yield "    {{\n" + "}, {\n".join(rows) + "}},\n"


def p384_tables():
    return f"""
/* Multiples of points, by turns of the generator and of another one. */
static const struct known_product {{
    uint8_t factor[48];
    uint8_t x[48];
    uint8_t y[48];
    uint8_t product_x[48];
    uint8_t product_y[48];
}} p384_products[] = {{
{"".join(p384_products())}}};
"""


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
{snp_tables([hashes["KERNEL"], hashes["INITRD"], hashes["CMDLINE"]])}{ecdsa_tables()}{p384_tables()}/* clang-format on */

#endif
"""


def main():
    if len(sys.argv) == 3 and sys.argv[1] == "--check":
        with open(sys.argv[2], encoding="ascii") as file:
            sys.exit(0 if file.read() == header() else "tables.h is not what tables.py prints")
    sys.stdout.write(header())


if __name__ == "__main__":
    main()
