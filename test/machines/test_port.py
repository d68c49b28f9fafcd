# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Do a machine's byte sources pass the port suite?

usage: test_port.py PRESET IMAGE
"""
import os
import pathlib
import sys
import unittest

import machine
from launch import runner

sys.path.append(str(pathlib.Path(__file__).parents[1] / "port"))
import make_sources  # noqa: E402
import run_suite  # noqa: E402

PRESET, IMAGE = sys.argv[1:]


class Suite(runner.FolderTest):
    def setUp(self):
        super().setUp()
        make_sources.make(pathlib.Path())

    def check(self, given, got):
        self.assertEqual(got, (0, run_suite.expected(given), "to standard error\n"))

    def check_files(self, random, run):
        before = os.listdir()
        given = run_suite.arguments(random)
        self.check(given, run(given))
        self.assertEqual(sorted(os.listdir()), run_suite.names_after(before))


@unittest.skipUnless(PRESET in machine.PROGRAMS, "a program of Linux")
class Linux(Suite):
    def test_files(self):
        self.check_files(
            True, lambda given: machine.run_program([machine.PROGRAMS[PRESET]], IMAGE, given))


@unittest.skipUnless(PRESET in machine.MACHINES, "an image")
class BareMetal(Suite):
    def run_image(self, given, *options):
        here = machine.MACHINES[PRESET]
        return machine.run(here, IMAGE, given, ("-serial", "none", *options))

    def test_semihosting(self):
        self.check_files(False, self.run_image)

    def test_mapped(self):
        here = machine.MACHINES[PRESET]
        for case in ("empty", "one", "odd", "large"):
            file = pathlib.Path(run_suite.CASES[case])
            size = file.stat().st_size
            if size <= here.region_size:
                loaded = machine.loaded(file, here.region) if size else ()
                given = [f"{case}=mem:{here.region:#x}+{size:#x}", "missing=mem:",
                         f"unwritable=mem:{here.region:#x}+{size:#x}"]
                self.check(given, self.run_image(given, *loaded))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
