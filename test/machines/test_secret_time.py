# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Does a multiplication by a private key take as many instructions for each key and point?

usage: test_secret_time.py PRESET IMAGE

QEMU counts them: a tick of the timer is 63 at most. What assembly does is counted, too; an
instruction whose own time depends on numbers is not seen.
"""
import sys
import unittest

import machine

PRESET, IMAGE = sys.argv[1], sys.argv[2]
PRODUCTS = 7


class SecretTime(unittest.TestCase):
    def test_each_key(self):
        code, out, err = machine.run(machine.MACHINES[PRESET], IMAGE,
                                     options=("-serial", "none", "-icount", "shift=0"))
        self.assertEqual((code, err), (0, ""))
        ticks = list(map(int, out.split()))
        self.assertEqual(len(ticks), PRODUCTS)
        self.assertGreater(min(ticks), 100000)
        self.assertLessEqual(max(ticks) - min(ticks), 1, ticks)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
