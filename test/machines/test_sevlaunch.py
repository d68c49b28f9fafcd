# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Does `sevlaunch` answer on another machine, byte by byte, what it answers here?

usage: test_sevlaunch.py PRESET IMAGE COMMAND
"""
import pathlib
import sys
import unittest

import launch
import machine
import runs

PRESET, IMAGE, COMMAND = sys.argv[1:]


def run_here(arguments):
    done = launch.runner.run(arguments, command=COMMAND, text=True)
    return done.code, done.out, done.err


def run_there(arguments):
    return machine.run_program([machine.PROGRAMS[PRESET]], IMAGE, arguments)


def outcome(run, arguments):
    """Returns what a run prints and writes."""
    said, written = run(arguments), {}
    for path in map(pathlib.Path, runs.WRITTEN_BY_SEVLAUNCH):
        if path.exists():
            written[path] = path.read_bytes()
            path.unlink()
    return said, written


class Sevlaunch(launch.Folder):
    def test_every_kind(self):
        for name, content in runs.files_of_sevlaunch().items():
            self.write(name, content)
        self.write("kernel", runs.KERNEL)
        self.write("sev", runs.FIRMWARE)
        for kind in runs.every_kind_of_sevlaunch():
            with self.subTest(kind.name):
                here = outcome(run_here, kind.arguments)
                self.assertEqual(kind.code, here[0][0], here)
                self.assertEqual(here, outcome(run_there, kind.arguments))
                if kind.arguments == runs.SESSION:
                    self.assertTrue(runs.takes_session(pathlib.Path()))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
