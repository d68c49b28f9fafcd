# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Are the block functions of SHA-256 that a build chooses from right?

usage: test_sha256.py PRESET FOLDER-OF-THE-IMAGES
"""
import pathlib
import sys
import unittest

import machine

PRESET, IMAGES = sys.argv[1], pathlib.Path(sys.argv[2])


class BlockFunctions(unittest.TestCase):
    def test_each(self):
        for choice in ("fast", "small"):
            with self.subTest(choice):
                self.assertEqual(
                    machine.run(machine.MACHINES[PRESET], IMAGES / f"sha256-{choice}.elf"),
                    (0, "", ""))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
