# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Do images whose console is a UART print their output on it?

usage: test_console.py PRESET FOLDER-OF-THE-IMAGES
"""
import hashlib
import pathlib
import sys
import tempfile
import unittest

import machine

PRESET, IMAGES = sys.argv[1], pathlib.Path(sys.argv[2])
MACHINE = machine.MACHINES[PRESET]


class Console(unittest.TestCase):
    def test_suite(self):
        name = f"one=mem:{MACHINE.region:#x}+0x1"
        with tempfile.NamedTemporaryFile() as one:
            one.write(hashlib.shake_128(b"sevlaunch port suite").digest(1))
            one.flush()
            options = ("-serial", "stdio", *machine.loaded(one.name, MACHINE.region))
            self.assertEqual(
                machine.run(MACHINE, IMAGES / "port-suite-console.elf", [name], options),
                (0, f"to standard error\npass print\npass {name}\n", ""))

    def test_fault(self):
        """Without a semihosting host its first call faults."""
        said = machine.run_until(MACHINE, IMAGES / "port-suite-console.elf", "ERROR", ())
        self.assertRegex(said, r"^ERROR: CPU fault 0x0*3 at 0x[0-9a-f]+\n$")

    def test_standalone(self):
        content = hashlib.shake_128(b"standalone").digest(0x10001)
        with tempfile.NamedTemporaryFile() as firmware:
            firmware.write(content)
            firmware.flush()
            said = machine.run_until(MACHINE, IMAGES / "standalone.elf", "ended",
                                     machine.loaded(firmware.name, MACHINE.region))
        self.assertEqual(said, hashlib.sha256(content).hexdigest() + "\nended with 0\n")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
