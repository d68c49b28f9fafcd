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
MACHINE = machine.MACHINES[PRESET]


class Suite(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(folder.name)
        make_sources.make(pathlib.Path())

    def check(self, given, *options):
        self.assertEqual(machine.run(MACHINE, IMAGE, given, ("-serial", "none", *options)),
                         (0, run_suite.expected(given), "to standard error\n"))

    def test_semihosting(self):
        self.check(run_suite.arguments())

    def test_mapped(self):
        for case in ("empty", "one", "odd", "large"):
            file = pathlib.Path(run_suite.CASES[case])
            size = file.stat().st_size
            if size <= MACHINE.region_size:
                loaded = machine.loaded(file, MACHINE.region) if size else ()
                self.check([f"{case}=mem:{MACHINE.region:#x}+{size:#x}", "missing=mem:"], *loaded)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
