# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Does the command do what only bare metal needs?

usage: test_baremetal.py PRESET IMAGE
"""
import os
import pathlib
import re
import subprocess
import sys
import unittest

import launch
import machine

PRESET, IMAGE = sys.argv[1:]
MACHINE = machine.MACHINES[PRESET]
FIRMWARE = launch.sev_firmware(512)
GUIDE = pathlib.Path(__file__).resolve().parents[2] / "port/baremetal/README.md"
LAST = 2**64 - 1 if PRESET == "riscv64" else 2**32 - 1


class BareMetal(launch.Folder):
    def check(self, code, err, *arguments, **how):
        given = launch.arguments(launch.measurement(FIRMWARE))
        out = "OK: Looks good to me\n" if code == 0 else ""
        self.assertEqual(machine.run(MACHINE, IMAGE, [*given, "--tk", "tk", *arguments], **how),
                         (code, out, err))

    def run_guide(self, measured, more=""):
        """Runs what the guide says for this image."""
        self.write("info.txt", launch.virsh(launch.measurement(measured)))
        text = GUIDE.read_text()
        given = re.findall(r"^    ((?:words|given)=.*)", text, re.M)
        command, = re.findall(rf"^    (qemu-.* build/{PRESET}/.*)", text, re.M)
        done = subprocess.run(["sh", "-ec", "\n".join([given[0] + more, *given[1:], command])],
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, timeout=machine.TIMEOUT, text=True)
        return done.returncode, done.stdout, done.stderr

    def test_guide(self):
        content = launch.OVMF.read_bytes()
        self.write("guest-tk.bin", launch.TEK + launch.TIK)
        self.write("OVMF.sev.fd", content)
        os.makedirs(f"build/{PRESET}")
        os.symlink(IMAGE, f"build/{PRESET}/virt-qemu-sev-validate.elf")
        self.assertEqual(self.run_guide(content), (0, "OK: Looks good to me\n", ""))
        self.assertEqual(self.run_guide(content[1:], ",arg=--no-hints"),
                         (1, "", "ERROR: Measurement does not match, VM is not trustworthy\n"))

    def check_region(self, content):
        self.write("mapped", content)
        options = ("-serial", "none", *machine.loaded("mapped", MACHINE.region))
        name = f"mem:{MACHINE.region:#x}+{len(content):#x}"
        for reported, code in ((content, 0), (content + b"x", 1)):
            given = launch.arguments(launch.measurement(reported))
            got = machine.run(MACHINE, IMAGE, [*given, "--firmware", name, "--tk", "tk"], options)
            self.assertEqual(got[0], code, got)

    def test_region(self):
        for size in (1, 4096, 65537):
            self.check_region(launch.firmware(size))
        if MACHINE.region_size >= launch.OVMF.stat().st_size:
            self.check_region(launch.OVMF.read_bytes())

    def test_region_key(self):
        self.write("firmware", FIRMWARE)
        options = ("-serial", "none", *machine.loaded("tk", MACHINE.region))
        self.check(0, "", "--firmware", "firmware", "--tk", f"mem:{MACHINE.region:#x}+0x20",
                   options=options)

    def test_region_that_is_none(self):
        for name in ("mem:", "mem:0x1000", "mem:0x1000+", "mem:0x1000+1", "mem:1000+0x1",
                     "mem:0x+0x1", "mem:0x1000+0x1 ", "mem:0x1000-0x1", "mem:0x1000+0xg",
                     "mem:0x10000000000000000+0x1", "mem:0x1000+0x10000000000000001"):
            self.check(3, f"ERROR: cannot open '{name}': expected mem:0xSTART+0xSIZE\n",
                       "--firmware", name)

    def test_region_that_wraps(self):
        for start, size in ((LAST, 2), (2, LAST), (LAST - 15, 17)):
            name = f"mem:{start:#x}+{size:#x}"
            self.check(3, f"ERROR: cannot open '{name}': it passes the last address\n",
                       "--firmware", name)

            self.check_empty_region(f"mem:{start:#x}+0x0")

    def check_empty_region(self, name):
        given = launch.arguments(launch.measurement(b""))
        self.assertEqual(
            machine.run(MACHINE, IMAGE, [*given, "--tk", "tk", "--firmware", name]),
            (2, "", "ERROR: --firmware: expected a file that is not empty, but "
                    f"'{name}' has 0 bytes\n"))

    def test_last_region(self):
        given = launch.arguments(launch.measurement(b""))
        code, _, err = machine.run(MACHINE, IMAGE, [*given, "--tk", "tk",
                                                    "--firmware", f"mem:{LAST:#x}+0x1"])
        self.assertIn(code, (1, 3))
        self.assertNotIn("passes", err)

    def test_region_without_memory(self):
        given = launch.arguments(launch.measurement(b""))
        code, out, err = machine.run(MACHINE, IMAGE, [*given, "--tk", "tk",
                                                      "--firmware", f"mem:{MACHINE.hole:#x}+0x1"])
        self.assertEqual((code, out), (3, ""))
        self.assertRegex(err, r"^ERROR: CPU fault 0x0*[0-9a-f] at 0x[0-9a-f]+\n$")

    def test_standard_input(self):
        self.check(3, "ERROR: cannot open '-': there is no standard input here\n",
                   "--firmware", "-")

    def test_long_name(self):
        name = "x" * 1001
        self.check(3, f"ERROR: cannot open '{name}': its name has more than 1000 characters\n",
                   "--firmware", name)

    def test_pipe(self):
        """A file without a length may have lost its end: it is not measured."""
        read, write = os.pipe()
        with os.fdopen(write, "wb") as pipe:
            pipe.write(b"firmware")
        name = f"/proc/self/fd/{read}"
        reason = "it is not as long as the host says"
        self.check(3, f"ERROR: cannot read '{name}': {reason}\n", "--firmware", name,
                   pass_fds=[read])
        os.close(read)

    def check_unwritten(self, name, reason):
        self.write("firmware", FIRMWARE)
        policy = hex(launch.ES_POLICY)
        before = sorted(os.listdir())
        self.assertEqual(
            machine.run(MACHINE, IMAGE, ["--policy", policy, "--firmware", "firmware", "--num-cpus",
                                         "1", "--vmm", "gce", "--print-digest", "hex",
                                         "--vmsa-out", name]),
            (3, "", f"ERROR: cannot write '{name}': {reason}\n"))
        self.assertEqual(sorted(os.listdir()), before)

    def test_unwritable(self):
        os.mkdir("directory")
        self.write("taken.part", b"")
        name = f"mem:{MACHINE.region:#x}+0x2000"
        self.check_unwritten(name, "a region of memory cannot be written")
        self.check_unwritten("x" * 1001, "its name has more than 1000 characters")
        self.check_unwritten("directory", "Is a directory")
        self.check_unwritten("missing/pages", "No such file or directory")
        self.check_unwritten("taken", "a file of its name with .part after it is in the way")

    def test_lost_output(self):
        """A verdict that nobody can read is no success."""
        self.write("firmware", FIRMWARE)
        given = launch.arguments(launch.measurement(FIRMWARE))
        with open("/dev/full", "wb") as full:
            code, _, err = machine.run(
                MACHINE, IMAGE, [*given, "--tk", "tk", "--firmware", "firmware"], stdout=full)
        self.assertEqual((code, err), (3, "ERROR: cannot write to standard output\n"))

    def check_line(self, code, err, *words):
        self.assertEqual(machine.run(MACHINE, IMAGE, words, raw=True), (code, "", err))

    def test_command_line(self):
        line = "the command line has a quote without an end, or over 64 arguments"
        long = "the host gives no command line, or one of more than 2047 characters"
        self.check_line(3, f"ERROR: {line}\n", '--help "')
        self.check_line(3, f"ERROR: {line}\n", *["-q"] * 64)
        self.check_line(3, f"ERROR: {long}\n", "x" * 2048)
        self.check_line(2, "", *["-q"] * 63)
        self.check_line(2, "ERROR: 'a  b'c' belongs to no option; --help lists them\n",
                        "  \"a  b'\"'c'  ")

    def test_dirty_memory(self):
        """Nothing depends on what a machine's RAM holds at reset."""
        self.write("firmware", FIRMWARE)
        self.write("noise", launch.firmware(MACHINE.ram_size))
        self.check(0, "", "--firmware", "firmware",
                   options=("-serial", "none", *machine.loaded("noise", MACHINE.ram)))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
