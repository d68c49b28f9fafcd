# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Does assembly that a build chooses from compute what C code does?

usage: test_assembly.py PRESET IMAGE...
"""
import pathlib
import sys
import unittest

import machine

PRESET, IMAGES = sys.argv[1], sys.argv[2:]


class Assembly(unittest.TestCase):
    def test_each(self):
        for image in IMAGES:
            with self.subTest(pathlib.Path(image).stem):
                self.assertEqual(machine.run(machine.MACHINES[PRESET], image), (0, "", ""))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
