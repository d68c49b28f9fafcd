# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Whether a machine's byte sources pass the port suite.

usage: test_port.py PRESET IMAGE
"""
import os
import pathlib
import sys
import tempfile
import unittest

import machine

sys.path.append(str(pathlib.Path(__file__).parents[1] / "port"))
import make_sources  # noqa: E402
import run_suite  # noqa: E402

PRESET, IMAGE = sys.argv[1:]


class Suite(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(folder.name)
        make_sources.make(pathlib.Path())

    def check(self, given, got):
        self.assertEqual(got, (0, run_suite.expected(given), "to standard error\n"))


@unittest.skipUnless(PRESET in machine.PROGRAMS, "a program of Linux")
class Linux(Suite):
    def test_files(self):
        given = run_suite.arguments()
        self.check(given, machine.run_program([machine.PROGRAMS[PRESET]], IMAGE, given))


@unittest.skipUnless(PRESET in machine.MACHINES, "an image")
class BareMetal(Suite):
    def run_image(self, given, *options):
        here = machine.MACHINES[PRESET]
        self.check(given, machine.run(here, IMAGE, given, ("-serial", "none", *options)))

    def test_semihosting(self):
        self.run_image(run_suite.arguments())

    def test_mapped(self):
        here = machine.MACHINES[PRESET]
        for case in ("empty", "one", "odd", "large"):
            file = pathlib.Path(run_suite.CASES[case])
            size = file.stat().st_size
            if size <= here.region_size:
                loaded = machine.loaded(file, here.region) if size else ()
                self.run_image([f"{case}=mem:{here.region:#x}+{size:#x}", "missing=mem:"], *loaded)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
