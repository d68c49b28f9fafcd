#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Makes core/sev/vectors.h: launches with known answers, with Python's own hashes.

make.py          prints the header
make.py --check FILE   fails if FILE is not what it would print
"""

import pathlib
import random
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import model  # noqa: E402

# The edges of SHA-256's padding (55, 56) and blocks (64), and more than one.
SIZES = [0, 1, 55, 56, 63, 64, 65, 128, 1000]


def firmware(size, seed):
    return bytes((seed + 7 * i) & 0xFF for i in range(size))


def array(data):
    return "{" + ", ".join("0x%02x" % byte for byte in data) + "}"


def vector(rng, size):
    seed, major, minor, build = (rng.randrange(256) for _ in range(4))
    policy = rng.getrandbits(32)
    tik, mnonce = rng.randbytes(16), rng.randbytes(16)
    digest = model.sha256(firmware(size, seed))
    blob = model.launch_blob(tik, (major, minor, build), policy, digest, mnonce)
    return f"""    {{.size = {size},
     .seed = {seed:#x},
     .launch = {{{major}, {minor}, {build}, UINT32_C({policy:#x})}},
     .tik = {array(tik)},
     .launch_digest = {array(digest)},
     .reported = {{{array(blob[:32])},
                  {array(mnonce)}}}}},
"""


def header():
    rng = random.Random(55766)
    return ("""/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Made by test/vectors/make.py. Byte i of a firmware is seed + 7 * i, modulo 256. */
#ifndef SEVLAUNCH_VECTORS_H
#define SEVLAUNCH_VECTORS_H

#include "sevlaunch/sev/measurement.h"

/* clang-format off */
static const struct sevl_vector {
    uint16_t size;
    uint8_t seed;
    struct sevl_launch launch;
    uint8_t tik[SEVL_TIK_SIZE];
    uint8_t launch_digest[SEVL_LAUNCH_DIGEST_SIZE];
    struct sevl_measurement reported;
} sevl_vectors[] = {
""" + "".join(vector(rng, size) for size in SIZES) + """};
/* clang-format on */

#endif
""")


def main():
    if len(sys.argv) == 3 and sys.argv[1] == "--check":
        with open(sys.argv[2], encoding="ascii") as file:
            sys.exit(0 if file.read() == header() else "vectors.h is not what make.py prints")
    sys.stdout.write(header())


main()
