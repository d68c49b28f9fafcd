# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Is SHA-384 right on AArch64 with the instructions of SHA-512 and without?

usage: test_sha512_aarch64.py PRESET FOLDER-OF-THE-PROGRAMS
"""
import hashlib
import pathlib
import sys
import unittest

import machine

EMULATOR, PROGRAMS = machine.PROGRAMS[sys.argv[1]], pathlib.Path(sys.argv[2])
CPUS = {"max": "instructions", "cortex-a57": "C code"}


class Cpus(unittest.TestCase):
    def test_the_hook_of_efi(self):
        for cpu, code in CPUS.items():
            with self.subTest(cpu):
                self.assertEqual(
                    machine.run_program((EMULATOR, "-cpu", cpu), PROGRAMS / "sha512-aarch64", ()),
                    (0, f"{code}\n", ""))

    def test_hashes(self):
        """By Mbed TLS's own choice, which Linux has."""
        data = bytes(range(251)) * 5
        expected = "".join(hashlib.sha384(data[:size]).hexdigest() + "\n"
                           for size in range(len(data) + 1))
        for cpu in CPUS:
            with self.subTest(cpu):
                self.assertEqual(
                    machine.run_program((EMULATOR, "-cpu", cpu), PROGRAMS / "sha384-lengths", ()),
                    (0, expected, ""))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
