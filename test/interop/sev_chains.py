# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Do chains of real platforms with SEV hold, and none of their bits is free?

    sev_chains.py FOLDER

FOLDER has their certificates; ends with 77 if it is not there. SEVLAUNCH_SEV_BITS runs
test/unit/test_sev_bits.c.
"""
import os
import subprocess
import sys
import unittest
from pathlib import Path

from command import SKIPPED

FOLDER = Path(sys.argv.pop(1))
PROGRAM, STEP = os.environ["SEVLAUNCH_SEV_BITS"].split()
KINDS = ("ark", "ask", "cek", "oca", "pek", "pdh")


def verify(product, step="0", **others):
    """Exit code and lines; `others` names files in place of the product's own."""
    files = [FOLDER / f"{others.get(kind, f'{product}-{kind}')}.cert" for kind in KINDS]
    done = subprocess.run([PROGRAM, step, *files], stdout=subprocess.PIPE, text=True, check=False)
    return done.returncode, done.stdout.splitlines()


class Chains(unittest.TestCase):
    def test_every_bit_counts(self):
        for others in {}, {"ark": "naples-ark-other-encoding"}:
            self.assert_no_bit_is_free("naples", **others)
        self.assert_no_bit_is_free("rome")

    def assert_no_bit_is_free(self, product, **others):
        code, lines = verify(product, STEP, **others)
        self.assertEqual((0, len(KINDS)), (code, len(lines)), lines)

    def test_certificates_of_another_platform(self):
        for product, other in (("naples", "rome"), ("rome", "naples")):
            for kind, refused in zip(KINDS, ("ASK", "ASK", "CEK", "PEK", "PEK", "PDH")):
                with self.subTest(product=product, kind=kind):
                    result = verify(product, **{kind: f"{other}-{kind}"})
                    self.assertEqual((1, [f"{refused}: wrong signature"]), result)


if __name__ == "__main__":
    if not FOLDER.is_dir():
        print(f"skipped: certificates of real platforms are not there: {FOLDER}")
        sys.exit(SKIPPED)
    unittest.main(verbosity=2)
