# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Does the command do on a machine what it does on Linux?

usage: test_validate.py PRESET IMAGE COMMAND
"""
import hashlib
import os
import pathlib
import re
import sys
import unittest

import launch
import machine
import runs

PRESET, IMAGE, COMMAND = sys.argv[1:]


def run_linux(arguments):
    done = launch.runner.run(arguments, command=COMMAND, text=True)
    return done.code, done.out, done.err


def run(arguments):
    if PRESET in machine.PROGRAMS:
        return machine.run_program([machine.PROGRAMS[PRESET]], IMAGE, arguments)
    return machine.run(machine.MACHINES[PRESET], IMAGE, arguments)


def without_extent(result):
    """A machine without an operating system tries less before it says that nothing matches, and
    has no option for libvirt's XML."""
    code, out, err = result
    if PRESET in machine.MACHINES:
        out = re.sub("^ +--domain-xml .*\n", "", out, flags=re.M)
        err = re.sub(r"^HINT: no (likely mistake|mistake that was tried) explains it\. Ruled out: "
                     r".*\. What is left: ", "HINT: nothing. What is left: ", err, flags=re.M)
    return code, out, err


class Validate(launch.Folder):
    def check(self, code, *arguments, hint=""):
        linux = run_linux(arguments)
        self.assertEqual(linux[0], code, linux)
        self.assertIn(hint, linux[2])
        self.assertEqual(without_extent(run(arguments)), without_extent(linux))

    def check_firmware(self, content):
        self.write("firmware", content)
        given = launch.arguments(launch.measurement(content))
        self.check(0, *given, "--firmware", "firmware", "--tk", "tk")
        if content:
            self.write("firmware", content[:-1] + bytes([content[-1] ^ 0x80]))
            self.check(1, *given, "--firmware", "firmware", "--tk", "tk")

    def test_sizes(self):
        for size in (1, 55, 56, 64, 4095, 4096, 4097, 65537):
            with self.subTest(size=size):
                self.check_firmware(launch.firmware(size))

    def test_ovmf(self):
        self.check_firmware(launch.OVMF.read_bytes())

    def test_keys(self):
        given = launch.arguments(launch.measurement(b"firmware"))
        self.write("firmware", b"firmware")
        self.write("tek", launch.TEK)
        self.write("tik", launch.TIK)
        self.write("short", launch.TIK[:-1])
        self.write("long", bytes(100_000))
        self.check(0, *given, "-f", "firmware", "--tek", "tek", "--tik", "tik")
        self.check(1, *given, "-f", "firmware", "--tek", "tik", "--tik", "tek")
        self.check(2, *given, "-f", "firmware", "--tek", "tek", "--tik", "short")
        self.check(2, *given, "-f", "firmware", "--tk", "long")
        self.check(2, *given, "-f", "firmware", "--tek", "tek")

    def test_launch_digest(self):
        given = launch.arguments(launch.measurement(b"firmware"))
        digest = hashlib.sha256(b"firmware").hexdigest()
        self.check(0, *given, "--launch-digest", digest, "--tk", "tk")
        self.check(1, *given, "--launch-digest", "0" * 64, "--tk", "tk", "--debug")

    def test_words(self):
        self.check(0, "--help")
        self.check(0, "--version")
        self.check(2)
        self.check(2, "--policy", "0x100000000")
        self.check(2, "--no-such-option")
        self.check(2, "--t=x")
        self.check(2, "--measurement", "")

    def test_quiet(self):
        self.write("firmware", b"firmware")
        given = launch.arguments(launch.measurement(b"firmware"))
        other = launch.arguments(launch.measurement(b"another"))
        self.check(0, *given, "--quiet", "--firmware", "firmware", "--tk", "tk")
        self.check(1, *other, "--quiet", "--firmware", "firmware", "--tk", "tk")
        self.check(3, *given, "--quiet", "--firmware", "missing", "--tk", "tk")

    def test_names(self):
        given = launch.arguments(launch.measurement(b"firmware"))
        self.write("it's, a name", b"firmware")
        self.write('"quoted"', b"firmware")
        os.mkdir("directory")
        self.check(0, *given, "--firmware", "it's, a name", "--tk", "tk")
        self.check(0, *given, "--firmware", '"quoted"', "--tk", "tk")
        self.check(3, *given, "--firmware", "missing", "--tk", "tk")
        self.check(3, *given, "--firmware", "directory", "--tk", "tk")
        self.check(3, *given, "--firmware", "missing/", "--tk", "tk")
        self.check(3, *given, "--firmware", '"quoted"', "--tk", "directory")

    def write_files(self):
        for name, content in runs.files().items():
            self.write(name, content)

    def outcome(self, run, arguments):
        """Returns what a run prints and writes."""
        said = run(arguments)
        pages = pathlib.Path("pages")
        written = pages.read_bytes() if pages.exists() else b""
        pages.unlink(missing_ok=True)
        return said, written

    def test_every_kind(self):
        self.write_files()
        for kind in runs.every_kind():
            with self.subTest(kind.name):
                linux = self.outcome(run_linux, kind.arguments)
                (code, _, err), pages = linux
                self.assertEqual((code, pages), (kind.code, kind.pages), err)
                self.assertIn(kind.hint, err)
                here, written = self.outcome(run, kind.arguments)
                self.assertEqual((without_extent(here), written), (without_extent(linux[0]), pages))

    def test_unwritable(self):
        self.write_files()
        os.mkdir("directory")
        given = ["--policy", hex(launch.ES_POLICY), "--firmware", "sev", "--num-cpus", "1",
                 *runs.MILAN, "--print-digest", "hex", "--vmsa-out"]
        self.check(3, *given, "missing/pages")
        self.check(3, *given, "directory")

    def test_secrets(self):
        self.write_files()
        before = sorted(os.listdir())
        if PRESET in machine.PROGRAMS:
            self.assertEqual(run(runs.SECRETS), (0, runs.INJECTED, ""))
            runs.check_packet()
        else:
            self.assertEqual(run(runs.SECRETS), (3, *runs.NO_RANDOM))
            self.assertEqual(sorted(os.listdir()), before)
        self.check(1, *runs.SECRETS, "--policy", "3", hint="--policy 0x10003")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
