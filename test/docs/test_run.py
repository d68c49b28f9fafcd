# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Does test/run.sh do without root, and say what is missing?

    test_run.py SOURCE

A machine is played on which a user who is not root lacks one package.
"""
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SOURCE = Path(sys.argv[1])
PLAYED = {
    "id": "echo 1000",
    "sudo": "echo asked >>sudo.log; exit 1",
    "dpkg-query": 'for package; do :; done; [ "$package" = "$LACKS" ] || echo "install ok installed"',
    "cmake": ":",
    "ctest": 'printf "%s\\n" "$@" >ctest.log; exit 8',
}


class Run(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        for name, script in PLAYED.items():
            program = self.folder / name
            program.write_text(f"#!/bin/sh\ncd '{self.folder}'\n{script}\n")
            program.chmod(0o755)

    def run_sh(self, *arguments, lacks="", ci="false"):
        """Exit code, standard error, and what ctest was given."""
        environment = dict(os.environ, PATH=f"{self.folder}:{os.environ['PATH']}", LACKS=lacks, CI=ci)
        done = subprocess.run([SOURCE / "test/run.sh", *arguments], env=environment, text=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                              stderr=subprocess.PIPE, timeout=60, check=False)
        log = self.folder / "ctest.log"
        said = "".join(line for line in done.stderr.splitlines(True) if "This CPU" not in line)
        return done.returncode, said, log.read_text().split("\n")[:-1] if log.exists() else None

    def test_nothing_is_missing(self):
        for arguments, label in (((), False), (("quick",), True)):
            code, said, given = self.run_sh(*arguments, "-R", "ovmf")
            self.assertEqual((code, said, "^quick$" in given), (8, "", label))
            self.assertEqual(given[-2:], ["-R", "ovmf"])
            self.assertFalse((self.folder / "sudo.log").exists())

    def test_quick_does_without(self):
        self.assertEqual(self.run_sh("quick", lacks="mandoc")[:2], (8, ""))

    def assert_refused(self, *arguments, lacks, **variables):
        code, said, given = self.run_sh(*arguments, lacks=lacks, **variables)
        self.assertEqual((code, given), (1, None))
        self.assertRegex(said, rf"\A[^\n]*missing[^\n]*: {lacks}\n\Z")

    def test_quick_needs_it(self):
        self.assert_refused("quick", lacks="ovmf")

    def test_all_tests_need_it(self):
        self.assert_refused(lacks="gcc")

    def test_nothing_is_skipped_in_ci(self):
        self.assert_refused(lacks="mandoc", ci="true")

    def test_its_tests_are_skipped(self):
        code, said, given = self.run_sh(lacks="mandoc")
        self.assertEqual(code, 8)
        self.assertEqual(given[given.index("-E") + 1], r"^docs(\.sevlaunch)?$")
        self.assertRegex(said, r"\nSkipped: \^docs\(\\\.sevlaunch\)\?\$, for [^\n]*: mandoc\n\Z")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
