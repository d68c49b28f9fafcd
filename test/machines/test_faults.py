# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Does every fault of a machine end in one line and the exit code 3?

usage: test_faults.py PRESET FOLDER-OF-THE-IMAGES
"""
import hashlib
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

import machine

PRESET, IMAGES = sys.argv[1], pathlib.Path(sys.argv[2])
MACHINE = machine.MACHINES[PRESET]
ADDRESS = r" at 0x[0-9a-f]+\n$"
FAULT = r"^ERROR: CPU fault 0x0*[1-7]" + ADDRESS
OVERFLOW = r"^ERROR: stack overflow\n$"
INTERRUPT = r"^ERROR: unexpected interrupt 0x0*" + ("3" if "riscv" in PRESET else "10") + ADDRESS
UNMASKABLE = r"^ERROR: unexpected interrupt 0x0*" + ("3" if "riscv" in PRESET else "2") + ADDRESS


class Faults(unittest.TestCase):
    def check(self, what, line):
        code, out, err = machine.run(MACHINE, IMAGES / "faults.elf", [what])
        self.assertEqual((code, out), (3, ""), err)
        self.assertRegex(err, line)

    def test_faults(self):
        for what, line in (("call", FAULT), ("illegal", FAULT), ("graze", OVERFLOW),
                           ("overflow", OVERFLOW), ("interrupt", INTERRUPT),
                           ("unmaskable", UNMASKABLE)):
            with self.subTest(what=what):
                self.check(what, line)

    @unittest.skipUnless(PRESET == "cortex-m3", "an MPU")
    def test_data_is_not_executed(self):
        self.check("execute RAM", FAULT)

    def test_no_fault(self):
        for what in ("nothing", "masked"):
            with self.subTest(what=what):
                self.assertEqual(machine.run(MACHINE, IMAGES / "faults.elf", [what]), (0, "", ""))

    def test_dirty_memory(self):
        with tempfile.NamedTemporaryFile() as noise:
            noise.write(hashlib.shake_128(b"noise").digest(MACHINE.ram_size))
            noise.flush()
            options = ("-serial", "none", *machine.loaded(noise.name, MACHINE.ram))
            self.assertEqual(
                machine.run(MACHINE, IMAGES / "faults.elf", ["memory"], options), (0, "", ""))

    def test_old_host(self):
        for code, status in (("0", 0), ("1", 1), ("2", 1), ("3", 1)):
            self.assertEqual(machine.run(MACHINE, IMAGES / "hosts.elf", ["x", code])[0], status)

    def test_bad_host(self):
        """A failing read that looks like the end must not be taken for the end."""
        with tempfile.NamedTemporaryFile() as file:
            file.write(bytes(24))
            file.flush()
            for how, code, reason in (
                    ("ok", 0, ""),
                    ("fails", 1, "the host cannot read it\n"),
                    ("early end", 1, "it is not as long as the host says\n"),
                    ("grows", 1, "it changed size while it was read\n"),
                    ("lengthless", 1, "the host does not tell its length\n")):
                with self.subTest(how=how):
                    self.assertEqual(
                        machine.run(MACHINE, IMAGES / "hosts.elf", [how, file.name]),
                        (code, reason, ""))

    def test_bad_host_for_files(self):
        """If a file cannot be written completely, or renamed, neither of two files changes."""
        for how, code, reason in (
                ("writes", 0, ""),
                ("short write", 1, "the host cannot write all of it\n"),
                ("close fails", 1, "the host cannot write all of it\n"),
                ("1st rename fails", 1, "the host cannot rename what is there\n"),
                ("2nd rename fails", 1, "the host cannot rename it\n"),
                ("4th rename fails", 1, "the host cannot rename it\n")):
            with self.subTest(how=how), tempfile.TemporaryDirectory() as folder:
                file = pathlib.Path(folder, "file")
                file.write_bytes(b"old")
                before = os.getcwd()
                os.chdir(folder)
                try:
                    self.assertEqual(machine.run(MACHINE, IMAGES / "hosts.elf", [how, str(file)]),
                                     (code, reason, ""))
                finally:
                    os.chdir(before)
                left = {path.name: path.read_bytes() for path in pathlib.Path(folder).iterdir()}
                new = {"file": b"new", "other": b"new"}
                self.assertEqual(left, new if code == 0 else {"file": b"old"})

    def test_no_host(self):
        """Without a host, nobody can read an exit code; there must be no success."""
        with self.assertRaises(subprocess.TimeoutExpired):
            subprocess.run(machine.command(MACHINE, IMAGES / "faults.elf", "-serial", "none"),
                           stdin=subprocess.DEVNULL, timeout=1)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
